FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    FINDER_STATIC_ROOT=/srv/static

WORKDIR /app

# First the packages: this layer changes only with the pins.
COPY requirements.txt ./
RUN pip install --require-hashes -r requirements.txt

# What .dockerignore lets through: the application and nothing else.
COPY . ./

# The values are for this one command only: collecting files needs no secret and no database.
RUN DATABASE_URL=postgresql:///build FINDER_SECRET_KEY=for-collecting-files-0123456789-abcdef FINDER_ALLOWED_HOSTS=build \
    python manage.py collectstatic --no-input --verbosity=0 \
    && python -m compileall -q finder trials \
    && useradd --system --no-create-home finder

# The root file system is read-only from here on.
ENV PYTHONDONTWRITEBYTECODE=1
USER finder
EXPOSE 8000

# One thread a worker: more make the slowest requests ten times slower. Raise GRANIAN_WORKERS to the number of cores.
# A JSON object a line, one for each request, by finder/logs.py: nobody's searches are written down. So granian's own
# access log, which has paths as they were typed, is off.
ENV FINDER_LOG_JSON=true \
    GRANIAN_INTERFACE=wsgi \
    GRANIAN_HOST=0.0.0.0 \
    GRANIAN_PORT=8000 \
    GRANIAN_WORKERS=2 \
    GRANIAN_BLOCKING_THREADS=1 \
    GRANIAN_WEBSOCKETS=false \
    GRANIAN_WORKERS_KILL_TIMEOUT=10 \
    GRANIAN_RESPAWN_FAILED_WORKERS=true \
    GRANIAN_LOG_CONFIG=finder/launch/granian_log.json \
    GRANIAN_LOG_ACCESS_ENABLED=false
CMD ["python", "-m", "granian", "finder.wsgi:application"]
