"""The site of the documentation: hand-written and generated pages as static HTML with a search of its own.

`build.build_site` writes it into a folder, `preview.serve_site` shows it while it is being written. `pages` collects
and relinks the Markdown, `navigation` orders it, `configuration` says how it looks. The site generator is Zensical;
nothing outside this package knows that.
"""
