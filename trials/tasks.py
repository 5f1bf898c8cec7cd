"""What the worker of the queue can do. procrastinate finds the tasks here by itself."""

from typing import Any
from uuid import UUID

from asgiref.sync import sync_to_async
from procrastinate import JobContext
from procrastinate.contrib.django import app

from trials.ingest.mail_worker import tidy_up
from trials.ingest.mails import QUEUE, TASK, deliver

STALLED_AFTER_SECONDS = 20.0  # without a sign of life of its worker
EVERY_15_SECONDS = "* * * * * */15"


@app.task(name=TASK, queue=QUEUE)
def deliver_mail(mail_id: str) -> None:
    deliver(UUID(mail_id))


@app.periodic(cron=EVERY_15_SECONDS)
@app.task(name="tidy_up_mails", queue=QUEUE, queueing_lock="tidy_up_mails", pass_context=True)
async def tidy_up_mails(context: JobContext, timestamp: int, **_: Any) -> None:
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS):
        await manager.retry_job(job)
    await sync_to_async(tidy_up)()
