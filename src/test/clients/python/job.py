"""Submits a job with the generated Python client, waits for its end, and keeps an image: job.py URL PICTURE... FOLDER"""
import pathlib
import sys
import time

import likeness_client as likeness

url, *pictures, folder = sys.argv[1:]
configuration = likeness.Configuration(host=url)
spec = likeness.JobSpec(
    training=likeness.Training(steps=20, optimizer=likeness.Optimizer.ADAMW),
    evaluation=likeness.Evaluation(checkpoints=1, class_images=2),
    sampling=likeness.Sampling(images_per_prompt=1, sampler=likeness.Sampler.DDIM, steps=5),
    prior=likeness.Prior(enabled=False),
)
with likeness.ApiClient(configuration) as client:
    jobs = likeness.JobsApi(client)
    job = jobs.create_job(
        images=[(pathlib.Path(it).name, pathlib.Path(it).read_bytes()) for it in pictures],
        class_word="bird",
        spec=spec,
    )
    assert job.spec.training.steps == 20, job.spec.training
    assert job.spec.sampling.sampler == likeness.Sampler.DDIM, job.spec.sampling

    other = jobs.create_job_for_subject(job.subject_id, job_request=likeness.JobRequest(spec=spec))
    assert other.subject_id == job.subject_id
    assert jobs.cancel_job(other.id).status in (likeness.TaskStatus.CANCELED, likeness.TaskStatus.PROCESSING)

    try:
        jobs.create_job(class_word="bird")
        raise AssertionError("a job without pictures was taken")
    except likeness.ApiException as refusal:
        assert refusal.status == 422, refusal

    while job.status not in (likeness.TaskStatus.SUCCEEDED, likeness.TaskStatus.FAILED, likeness.TaskStatus.CANCELED):
        time.sleep(1)
        job = jobs.get_job(job.id)
    assert job.status == likeness.TaskStatus.SUCCEEDED, job.error
    assert job.error is None and job.phase is None

    results = likeness.ResultsApi(client)
    images = results.list_job_images(job.id).results
    result = next(it for it in images if it.role == likeness.ImageRole.RESULT)
    png = bytes(results.download_image(result.id))
    assert png.startswith(b"\x89PNG"), png[:16]
    pathlib.Path(folder, "python.png").write_bytes(png)
    page = results.get_job_report(job.id)
    assert b"<html" in bytes(page).lower(), bytes(page)[:80]
    assert results.get_job_report_figures(job.id)["object"] == "report"
    print("python", job.id, result.recipe.prompt, len(png))
