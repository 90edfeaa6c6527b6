package dev.likeness.app.web.http;

/** Paths of resources, for the mappings of endpoints and for links to them. */
public final class Paths {

    public static final String SUBJECTS = "/v1/subjects";
    public static final String SUBJECT = SUBJECTS + "/{id}";
    public static final String SUBJECT_CAPTIONS = SUBJECT + "/captions";
    public static final String SUBJECT_PICTURE = SUBJECT + "/pictures/{position}";
    public static final String SUBJECT_THUMBNAIL = SUBJECT_PICTURE + "/thumbnail";
    public static final String SUBJECT_MASK = SUBJECT_PICTURE + "/mask";
    public static final String SUBJECT_JOBS = SUBJECT + "/jobs";

    public static final String CAPTIONS = "/v1/captions/{id}";
    public static final String CAPTIONS_CANCEL = CAPTIONS + "/cancel";

    public static final String JOBS = "/v1/jobs";
    public static final String JOB = JOBS + "/{id}";
    public static final String JOB_PICTURE = JOB + "/pictures/{position}";
    public static final String JOB_CANCEL = JOB + "/cancel";
    public static final String JOB_CONTINUE = JOB + "/continue";
    public static final String JOB_COPY = JOB + "/copy";
    public static final String JOB_EVENTS = JOB + "/events";
    public static final String JOB_IMAGES = JOB + "/images";
    public static final String JOB_CHECKPOINTS = JOB + "/checkpoints";
    public static final String JOB_SCORES = JOB + "/scores";
    public static final String JOB_ARTIFACTS = JOB + "/artifacts";
    public static final String JOB_REPORT = JOB + "/report";
    public static final String JOB_GENERATIONS = JOB + "/generations";

    public static final String PLANS = "/v1/plans";

    public static final String IMAGE = "/v1/images/{id}";
    public static final String ARTIFACT = "/v1/artifacts/{id}";

    public static final String GENERATION = "/v1/generations/{id}";
    public static final String GENERATION_CANCEL = GENERATION + "/cancel";

    public static final String EVALUATIONS = "/v1/evaluations";
    public static final String EVALUATION = EVALUATIONS + "/{id}";
    public static final String EVALUATION_TABLE = EVALUATION + "/table";
    public static final String EVALUATION_CANCEL = EVALUATION + "/cancel";

    public static final String ADAPTERS = "/v1/adapters";
    public static final String ADAPTER = ADAPTERS + "/{id}";
    public static final String ADAPTER_FILE = ADAPTER + "/file";

    public static final String CLASS_SETS = "/v1/class-sets";
    public static final String CLASS_SET = CLASS_SETS + "/{id}";
    public static final String CLASS_IMAGES = CLASS_SET + "/images";
    public static final String CLASS_IMAGE = CLASS_IMAGES + "/{position}";
    public static final String CLASS_THUMBNAIL = CLASS_IMAGE + "/thumbnail";

    public static final String WORKERS = "/v1/workers";

    private Paths() {}
}
