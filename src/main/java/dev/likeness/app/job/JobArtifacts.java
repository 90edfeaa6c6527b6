package dev.likeness.app.job;

import dev.likeness.app.artifact.ArtifactStore;
import dev.likeness.app.artifact.NamedFile;
import dev.likeness.app.json.StoredNames;
import dev.likeness.app.security.Owners;
import dev.likeness.app.task.UnknownIdException;
import dev.likeness.app.task.UnknownIdException.Kind;
import dev.likeness.diffusion.wire.Wire;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The files of jobs that other programs can load. */
@Component
@Transactional
public class JobArtifacts {

    private static final String COLUMNS =
            "select id, job_id, kind, format, file_name, file_sha256, size, step, created_at from job_artifact";

    /** Those of a kind and format that this release knows. */
    private static final String KNOWN = "%s and %s"
            .formatted(
                    StoredNames.known("kind", ArtifactKind.class), StoredNames.known("format", ArtifactFormat.class));

    private final JdbcClient jdbc;
    private final ArtifactStore artifacts;
    private final Clock clock;

    JobArtifacts(JdbcClient jdbc, ArtifactStore artifacts, Clock clock) {
        this.jdbc = jdbc;
        this.artifacts = artifacts;
        this.clock = clock;
    }

    /** Saves a file. It replaces one of the same kind, format, step and name from an earlier attempt. */
    void add(UUID jobId, NewArtifact artifact) {
        List<String> former = jdbc.sql("""
                        delete from job_artifact where job_id = ? and kind = ? and format = ? and step = ?
                        and file_name = ? returning file_sha256
                        """)
                .params(jobId, artifact.kind().wire(), artifact.format().wire(), artifact.step(), artifact.fileName())
                .query(String.class)
                .list();
        jdbc.sql("""
                        insert into job_artifact
                        (id, job_id, kind, format, file_name, file_sha256, size, step, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(
                        UUID.randomUUID(),
                        jobId,
                        artifact.kind().wire(),
                        artifact.format().wire(),
                        artifact.fileName(),
                        artifact.file().sha256(),
                        artifact.file().size(),
                        artifact.step(),
                        Timestamp.from(clock.instant()))
                .update();
        artifacts.release(former);
    }

    /** A job's files by kind and format, the newest first. Those that only a newer release knows are left out. */
    @Transactional(readOnly = true)
    public List<JobArtifact> ofJob(UUID jobId) {
        return jdbc.sql(COLUMNS + " where " + KNOWN + " and job_id = ? order by kind, format, created_at desc")
                .param(jobId)
                .query(JobArtifacts::read)
                .list();
    }

    /** @throws UnknownIdException unless there is such an artifact */
    @Transactional(readOnly = true)
    public JobArtifact get(UUID id) {
        return jdbc.sql(COLUMNS + " where " + KNOWN + """
                         and id = ? and exists (
                            select 1 from job where job.id = job_artifact.job_id and (? or job.owner = ?))
                        """)
                .params(id, Owners.seeEverything(), Owners.present())
                .query(JobArtifacts::read)
                .optional()
                .orElseThrow(() -> new UnknownIdException(Kind.ARTIFACT, id));
    }

    private static JobArtifact read(ResultSet row, int number) throws SQLException {
        return new JobArtifact(
                row.getObject("id", UUID.class),
                row.getObject("job_id", UUID.class),
                Wire.named(ArtifactKind.class, row.getString("kind")),
                Wire.named(ArtifactFormat.class, row.getString("format")),
                new NamedFile(row.getString("file_name"), row.getString("file_sha256"), row.getLong("size")),
                row.getInt("step"),
                row.getTimestamp("created_at").toInstant());
    }
}
