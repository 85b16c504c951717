"""The spec language, as pydantic models: what a spec may say, and nothing else.

One `provider.yaml` per vendor (`documents.ProviderSpec`) and one file per resource (`documents.ResourceSpec`). A folder
with a `platform.yaml` (`documents.PlatformSpec`) holds what several brands share. Unknown keys are refused everywhere.
The models know nothing of positions: the loader keeps, beside each document, a map from path to line and column.

Texts are `SpecText`; names that become code are `PythonName`, `ClassName` or `ConstantName`.
"""
