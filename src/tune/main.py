"""Runs one job: python main.py JOB.json. Told on the standard output as JSON lines; nothing is asked of the network."""

import os
import sys

os.environ.update(HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_DATASETS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", DO_NOT_TRACK="1", WANDB_DISABLED="true", TOKENIZERS_PARALLELISM="false", HF_HUB_DISABLE_PROGRESS_BARS="1")

from events import CannotTrain, tell  # noqa: E402 - the libraries read the environment when they are loaded
from job import read_job  # noqa: E402


def main() -> int:
    job = read_job(sys.argv[1])
    tell("loading")
    import torch

    from progress import Interrupted

    try:
        if job.threads is not None:
            torch.set_num_threads(job.threads)
        if job.method == "embedder":
            from embedder import train_embedder

            train_embedder(job)
        else:
            from training import train_chat_model

            train_chat_model(job)
    except Interrupted as stop:
        tell("stopped", step=stop.step)
    except CannotTrain as error:
        tell("failed", message=str(error))
        return 1
    except MemoryError:
        tell("failed", message="The memory was not enough: use a smaller --batch, a smaller --max-tokens or a smaller base model.")
        return 1
    except OSError as error:
        tell("failed", message=f"{error.strerror or error}: {error.filename or job.output}")
        return 1
    except RuntimeError as error:
        if "out of memory" not in str(error).lower() and "can't allocate memory" not in str(error).lower():
            raise
        tell("failed", message="The memory was not enough: use a smaller --batch, a smaller --max-tokens or a smaller base model.")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
