"""The five endpoints that are measured, after those of NIO's pages.

Three paged lists with 32, 24 and 26 columns, a plain POST with a nested list, and a GET with a path parameter; five
enums. Names and columns are the vendor's, so that everything has the size that it has in real life.
"""

from __future__ import annotations

from typing import Final

from benchmarks.api.description import Endpoint, Enum, Field, ObjectType, Resource, Shape

COLUMNS_OF_CUSTOMERS: Final = 20

_NUMBER_STATUS: Final = Enum(
    "NumberStatus",
    "How far the call of one number has come.",
    (
        (1, "calling", "Call in progress"),
        (5, "not_called", "Not called"),
        (7, "abnormal", "Call abnormal"),
        (9, "called", "Called"),
    ),
)
_TASK_STATUS: Final = Enum(
    "TaskStatus",
    "State of a task.",
    (
        (1, "enabled", "Enabled"),
        (2, "disabled", "Disabled"),
        (11, "calling", "Calling"),
        (12, "completed", "Task completed"),
        (13, "submission_failed", "Submission failed"),
        (14, "cancelled", "Task cancelled"),
        (15, "paused", "Task paused"),
        (16, "submitting", "Submitting"),
    ),
)
_TASK_TYPE: Final = Enum(
    "TaskType",
    "Who takes the calls of a task.",
    (
        (0, "agent_automatic", "Automatic task of an agent"),
        (1, "group_call_to_agent", "Group call passed to an agent"),
    ),
)
_FINISH_FLAG: Final = Enum(
    "FinishFlag", "Whether a task is finished.", ((0, "not_finished", "No"), (1, "finished", "Yes"))
)
_CALL_RESULT: Final = Enum(
    "CallResult",
    "How a call ended.",
    (
        (0, "answered", "Answered"),
        (1, "busy", "Line busy"),
        (2, "no_answer", "Nobody answered"),
        (3, "rejected", "Rejected"),
        (4, "unreachable", "Number cannot be reached"),
        (5, "invalid_number", "Number does not exist"),
    ),
)

_TASK_NUMBER: Final = ObjectType(
    "TaskNumber",
    "One number of a task.",
    (
        Field("keyId", "integer", "Id of this row.", nullable=False),
        Field("called", "string", "Number to call.", sensitive="phone"),
        Field(
            "encryptCalled",
            "string",
            "Number to call, as the account may see it.",
            sensitive="phone",
        ),
        Field(
            "calledInfo", "string", "What is known about the person called.", sensitive="personal"
        ),
        Field("seatName", "string", "Name of the agent.", sensitive="personal"),
        Field("sipGroupName", "string", "Name of the agent group."),
        Field("labelName", "string", "Label of the number."),
        Field("remark", "string", "Remark."),
        Field("callId", "integer", "Id of the call."),
        Field("errorReason", "string", "Why the call failed."),
        Field("status", "NumberStatus", "How far the call has come.", nullable=False),
        Field("callCount", "number", "How often the number was called.", nullable=False),
        *(
            Field(f"var{number:02}", "string", f"Customer's own column {number}.")
            for number in range(1, COLUMNS_OF_CUSTOMERS + 1)
        ),
    ),
    key="keyId",
)
_TASK: Final = ObjectType(
    "Task",
    "One task and how far it has come.",
    (
        Field("taskId", "integer", "Id of the task.", nullable=False),
        Field("voiceGroupId", "list[integer]", "Agent groups that take the calls.", nullable=False),
        Field("seatGroupName", "string", "Name of the agent group."),
        Field("remainCount", "integer", "Numbers still to be called."),
        Field("totalCount", "integer", "Numbers in the task."),
        Field("remark", "string", "Remark."),
        Field("ccode", "string", "Country calling code."),
        Field("codeName", "string", "Country calling code with the country's name."),
        Field("taskStatus", "TaskStatus", "State of the task.", nullable=False),
        Field("taskType", "TaskType", "Who takes the calls.", nullable=False),
        Field("finishFlag", "FinishFlag", "Whether the task is finished.", nullable=False),
        Field("completedRate", "number", "Share of the numbers that are done."),
        Field("groupTaskId", "integer", "Group call task behind this one."),
        Field("transfersNum", "integer", "Calls passed to an agent."),
        Field("callFailuresNum", "integer", "Lost calls."),
        Field("callingNumber", "string", "Number that the person called sees.", sensitive="phone"),
        Field("numberTotalCount", "integer", "Numbers that were handed in."),
        Field("callFinishCount", "integer", "Calls that are finished."),
        Field("numberSameCount", "integer", "Numbers that were handed in more than once."),
        Field("appId", "string", "Application that the task belongs to."),
        Field("calloutRate", "integer", "Multiplier of outbound calls."),
        Field("fileName", "string", "Name of the uploaded file."),
        Field("createTime", "datetime", "When the task was made."),
        Field("updateTime", "datetime", "When the task was last changed."),
    ),
    key="taskId",
)
_CALL: Final = ObjectType(
    "CallRecord",
    "One call and how it went.",
    (
        Field("recordId", "integer", "Id of the call.", nullable=False),
        Field("taskId", "integer", "Task that the call belongs to."),
        Field("taskName", "string", "Name of that task."),
        Field("appId", "string", "Application that the call belongs to."),
        Field("caller", "string", "Number that calls.", sensitive="phone"),
        Field("called", "string", "Number that was called.", sensitive="phone"),
        Field("ccode", "string", "Country calling code."),
        Field("country", "string", "Name of the country."),
        Field("seatId", "integer", "Id of the agent."),
        Field("seatName", "string", "Name of the agent.", sensitive="personal"),
        Field("sipGroupName", "string", "Name of the agent group."),
        Field("result", "CallResult", "How the call ended.", nullable=False),
        Field("hangupSide", "integer", "Who hung up."),
        Field("ringSeconds", "integer", "Seconds of ringing."),
        Field("talkSeconds", "integer", "Seconds of talking."),
        Field("billSeconds", "integer", "Seconds that are charged."),
        Field("price", "number", "Price of a minute."),
        Field("cost", "number", "What the call cost."),
        Field("currency", "string", "Currency of the cost."),
        Field("isTransferred", "boolean", "Whether an agent took the call."),
        Field("recordingPath", "string", "Where the recording is."),
        Field("remark", "string", "Remark."),
        Field("customerTag", "string", "Customer's own mark."),
        Field("startTime", "datetime", "Start of the call."),
        Field("answerTime", "datetime", "When it was answered."),
        Field("endTime", "datetime", "End of the call."),
    ),
    key="recordId",
)
_ROUND: Final = ObjectType(
    "Round",
    "One round of a flow.",
    (
        Field("keyId", "integer", "Id of the round.", nullable=False),
        Field("taskId", "integer", "Task that the round runs."),
        Field("nodeStatus", "TaskStatus", "State of the round.", nullable=False),
        Field("scriptId", "integer", "Script that is played."),
    ),
    key="keyId",
)
_FLOW: Final = ObjectType(
    "Flow",
    "What was created, with its rounds.",
    (
        Field("keyId", "integer", "Id of the flow.", nullable=False),
        Field("recallInterval", "integer", "Minutes between two rounds."),
        Field("recallNum", "integer", "Number of rounds."),
        Field("status", "TaskStatus", "State of the flow.", nullable=False),
        Field("nodeList", "list[Round]", "The rounds.", nullable=False),
    ),
    key="keyId",
)

MIX: Final = Resource(
    "preview",
    "Tasks whose numbers an agent previews before dialling.",
    (_NUMBER_STATUS, _TASK_STATUS, _TASK_TYPE, _FINISH_FLAG, _CALL_RESULT),
    (_TASK_NUMBER, _TASK, _CALL, _ROUND, _FLOW),
    (
        Endpoint(
            "query_task_detail",
            "List the numbers of one task.",
            "queryTaskDetail",
            Shape.PAGED,
            (
                Field("taskId", "integer", "Task to list.", required=True),
                Field("called", "string", "Only this number.", sensitive="phone"),
                Field("sipGroupId", "integer", "Only numbers of this agent group."),
                Field("seatId", "list[integer]", "Only numbers of these agents."),
                Field("labelNames", "list[string]", "Only numbers with one of these labels."),
                Field("remark", "string", "Only numbers with this remark."),
                Field("statusList", "list[NumberStatus]", "Only numbers in one of these states."),
            ),
            "TaskNumber",
        ),
        Endpoint(
            "query",
            "List tasks.",
            "query",
            Shape.PAGED,
            (
                Field("startTime", "datetime", "First day of the period."),
                Field("endTime", "datetime", "Last day of the period."),
                Field("taskId", "string", "Only this task."),
                Field("taskStatus", "list[TaskStatus]", "Only tasks in one of these states."),
                Field("taskType", "TaskType", "Only tasks of this type."),
                Field("finishFlag", "FinishFlag", "Only tasks that are finished, or the others."),
                Field("voiceGroupIds", "list[integer]", "Only tasks of these agent groups."),
            ),
            "Task",
        ),
        Endpoint(
            "query_records",
            "List calls within a period.",
            "queryRecords",
            Shape.PAGED,
            (
                Field("strTime", "datetime", "Start of the period.", required=True),
                Field("endTime", "datetime", "End of the period.", required=True),
                Field("results", "list[CallResult]", "Only calls that ended so."),
                Field("searchCondition", "string", "Part of the task's name."),
                Field("seatId", "integer", "Only calls of this agent."),
            ),
            "CallRecord",
        ),
        Endpoint(
            "create_flow",
            "Create a flow that calls again, in rounds.",
            "flow/create",
            Shape.PLAIN,
            (
                Field("taskName", "string", "Name of the flow.", required=True),
                Field("taskType", "TaskType", "Who takes the calls.", required=True),
                Field(
                    "numbers", "list[string]", "Numbers to call.", required=True, sensitive="phone"
                ),
                Field("recallInterval", "integer", "Minutes between two rounds."),
                Field("recallNum", "integer", "Number of rounds."),
                Field("remark", "string", "Remark."),
            ),
            "Flow",
            changes=True,
        ),
        Endpoint(
            "get_task",
            "Read one task.",
            "tasks/{taskId}",
            Shape.READ,
            (Field("taskId", "integer", "Task to read.", required=True),),
            "Task",
        ),
    ),
)
