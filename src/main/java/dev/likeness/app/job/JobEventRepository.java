package dev.likeness.app.job;

import org.springframework.data.repository.Repository;

interface JobEventRepository extends Repository<JobEvent, JobEvent.Id> {

    JobEvent save(JobEvent event);
}
