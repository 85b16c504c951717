"""Pieces of specs that several examples of codes are put together from."""

from __future__ import annotations

from typing import Final

HEAD: Final = """\
# yaml-language-server: $schema=../schema.json
resource: tasks
"""
QUERY: Final = """\
    summary: List tasks.
    http: POST /tasks/query
    effect: read
    source: {page: "https://example.com/tasks"}
"""
CREATE: Final = """\
    summary: Make a task.
    http: POST /tasks/create
    effect: unsafe
    source: {page: "https://example.com/tasks"}
"""
TASK: Final = """\
types:
  Task:
    fields:
      taskId: {type: integer, summary: Id of the task.}
"""
PROVIDER: Final = """\
# yaml-language-server: $schema=../schema.json
provider: demo
title: Demo
summary: A vendor made up for examples.
client: Demo
server: {environment: DEMO_BASE_URL}
credentials:
  api_key: {environment: DEMO_API_KEY, summary: Key.}
  api_secret: {environment: DEMO_API_SECRET, summary: Secret.}
auth:
  scheme: md5_sign
  key: api_key
  secret: api_secret
  key_header: Api-Key
  timestamp_header: Timestamp
  signature_header: Sign
envelopes:
  code_msg:
    code: [code]
    message: [msg]
    success: ["0"]
    data: data
    fields:
      code: {type: string, summary: Result code.}
      msg: {type: string, summary: What went wrong.}
paging:
  page_number:
    style: page_number
    number: current
    size: size
    wrapper: params
"""
ITEMS: Final = """\
    items: data.records
    total: data.total
    fields:
      total: {type: integer, summary: Rows that match.}
"""
FAMILY: Final = """\
errors:
  default:
    "-1": {name: authentication_failed, kind: authentication, label: {en: Authentication failed}}
    "-9": {name: too_many_requests, kind: limit, label: {en: Too many requests}}
"""
