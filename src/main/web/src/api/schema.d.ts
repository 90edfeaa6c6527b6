// Generated from src/main/openapi/likeness.json by "npm run api".

export interface paths {
    "/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List jobs
         * @description Returns jobs page by page, newest first.
         */
        get: operations["listJobs"];
        put?: never;
        /**
         * Create a job
         * @description Trains a model on a subject, then generates and scores images of the subject. Send the pictures in the form, or the id of an existing subject in subject_id. A JSON body with image_urls, class_word, spec and webhook also works.
         */
        post: operations["createJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a job
         * @description Returns the job's current state, with its scores and with its images, except those of roles evaluation and class.
         */
        get: operations["getJob"];
        put?: never;
        post?: never;
        /**
         * Delete a job
         * @description Deletes the job and its results. A subject that was uploaded with a job is deleted with its last job. Cancel a running job first. A job in an unfinished evaluation cannot be deleted. Finished evaluations stay, without the job's rows and their images.
         */
        delete: operations["deleteJob"];
        options?: never;
        head?: never;
        /**
         * Change labels and priority of a job
         * @description Changes what the request has. Labels of the request are added to those that the task has, or replace them.
         */
        patch: operations["updateJob"];
        trace?: never;
    };
    "/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a job
         * @description Cancels a queued job at once. A running job stops within one training step. Its status then becomes canceled.
         */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/continue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Continue a job's training
         * @description Creates a job that trains further: it has the settings, pictures and captions of a finished job, and begins with its weights, optimizer, random numbers and order of pictures. Its losses are those of a job that was submitted with all steps. A learning rate schedule that depends on the total number of steps is refused, unless its rates so far stay the same. The training state of a job is kept for some days: training_state of the job.
         */
        post: operations["continueJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/copy": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Copy a job with changes
         * @description Creates a job with the pictures, captions and settings of another one, apart from the fields in the request. Fields that had their defaults have the defaults of the copy, so that a copy with another method has the learning rate of that method. A field that is null returns to its default. New captions are used where the request changes their source, the class word or the identifier.
         */
        post: operations["copyJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Stream a job's events
         * @description Returns server-sent events: start, progress, log, metric, image and completed. The id of an event is its number, counted from 1. Its data is a JSON object, with its time as created_at. The stream starts with the first event, or after Last-Event-ID, and ends after the last completed event of a final job. A job that ran again with another checkpoint has several completed events. The server sends comments as keep-alives.
         */
        get: operations["streamJobEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/pictures/{position}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a picture as training sees it
         * @description Returns the picture of a job's subject as PNG, cut to its crop box, resized and cropped as the job's spec says. With masks, what does not count in the loss is gray. With random crops it is the resized picture, from which the crops are cut. Its URL in the input report of a job works without a key for a limited time.
         */
        get: operations["getTrainingPicture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Plan a job
         * @description Checks a job as its submission would, with the same problems, and returns its settings, memory, numbers of steps and images and expected duration. Nothing is stored. The pictures may be uploaded later; then subject_id is omitted.
         */
        post: operations["planJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subjects/{id}/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the jobs of a subject
         * @description Returns the jobs of the subject page by page, newest first.
         */
        get: operations["listSubjectJobs"];
        put?: never;
        /**
         * Create a job for a subject
         * @description Trains a model on an existing subject, then generates and scores images of the subject. The request body is optional.
         */
        post: operations["createJobForSubject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/images/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download an image
         * @description Returns the image in its format, with its recipe inside. Range requests are supported. The file never changes, so clients can cache it forever.
         */
        get: operations["downloadImage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a job's images
         * @description Returns the images of a job with their recipes and scores. They are sorted by role (result, before, class, evaluation, preview, contact_sheet), then by step, then by position. Images of role evaluation with step 0 are those of the base model.
         */
        get: operations["listJobImages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/report": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a job's report
         * @description Returns the report as one HTML page: settings, training curves, checkpoints, scores, images and advice. The page contains its images, so it also works offline. A report is written when a job succeeds, and again when another checkpoint is chosen.
         */
        get: operations["getJobReport"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/report/figures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the figures of a job's report
         * @description Returns the report as JSON, with image ids in place of images.
         */
        get: operations["getJobReportFigures"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/scores": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a job's scores
         * @description Returns the scores of the base model, of each checkpoint and of the results. Each score names its encoder and the compared pairs. The field reference is the same metric, computed on the real pictures.
         */
        get: operations["listJobScores"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/artifacts/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download an artifact
         * @description Returns the file. Range requests are supported. The file of an id never changes.
         */
        get: operations["downloadArtifact"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/artifacts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a job's artifacts
         * @description Returns the trained weights in formats that diffusers, kohya's scripts and the AUTOMATIC1111 web UI load, the resolved settings and the report. Each export was read back and compared with the trained weights.
         */
        get: operations["listJobArtifacts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/generations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a generation
         * @description Returns the generation's current state, with its images and scores.
         */
        get: operations["getGeneration"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change labels and priority of a generation
         * @description Changes what the request has. Labels of the request are added to those that the task has, or replace them.
         */
        patch: operations["updateGeneration"];
        trace?: never;
    };
    "/v1/generations/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a generation
         * @description Cancels a queued generation at once. A running generation stops within one sampler step. Its status then becomes canceled. Finished images stay.
         */
        post: operations["cancelGeneration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/generations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the generations of a job
         * @description Returns the generations of the job page by page, newest first, with their images, recipes and scores.
         */
        get: operations["listJobGenerations"];
        put?: never;
        /**
         * Generate more images
         * @description Generates images with the weights of a succeeded job. Omitted fields default to the job's own sampling settings. adapters merges uploaded adapters and the results of other jobs: LoRA updates are multiplied by their scales and added. Embeddings add their placeholder tokens.
         */
        post: operations["createGeneration"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/checkpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a job's checkpoints
         * @description Returns the scored checkpoints whose weights are kept, by step, with their scores and images. A checkpoint has no scores if the job ended before they were computed.
         */
        get: operations["listJobCheckpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/checkpoints/{step}/choose": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Choose another checkpoint
         * @description Queues a final job again to generate and score images and to export the weights of this step. The run does not train. Existing results stay, each with its step. If the run fails or is canceled, a succeeded job keeps its previous result. A failed or canceled job with a checkpoint can be completed in this way.
         */
        post: operations["chooseJobCheckpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/captions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get captions
         * @description Returns the current state of a captions task.
         */
        get: operations["getCaptions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change labels and priority of a captions task
         * @description Changes what the request has. Labels of the request are added to those that the task has, or replace them.
         */
        patch: operations["updateCaptions"];
        trace?: never;
    };
    "/v1/captions/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel captions
         * @description Cancels a queued captions task at once. A running task stops after the current picture. The subject's captions stay unchanged.
         */
        post: operations["cancelCaptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subjects": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List subjects
         * @description Returns subjects page by page, newest first, with their pictures and findings. Subjects that were uploaded with a job are among them.
         */
        get: operations["listSubjects"];
        put?: never;
        /**
         * Upload a subject
         * @description Checks and stores pictures of a subject. Jobs can then refer to the subject by its id. The subject stays until it is deleted. A JSON body with image_urls and class_word also works. Its input report compares the pictures with the resolution of the default base model.
         */
        post: operations["createSubject"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subjects/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a subject
         * @description Returns the subject, its decoded pictures and the findings about them.
         */
        get: operations["getSubject"];
        put?: never;
        post?: never;
        /**
         * Delete a subject
         * @description Deletes the subject with its pictures and captions. A subject that a job uses cannot be deleted: delete its jobs first.
         */
        delete: operations["deleteSubject"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subjects/{id}/captions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a subject's captions
         * @description Returns one caption per picture, in the order of the pictures, with its origin. Empty if the subject has no captions.
         */
        get: operations["getSubjectCaptions"];
        /**
         * Replace a subject's captions
         * @description Replaces all captions. Unchanged captions keep their origin. Existing jobs are not affected.
         */
        put: operations["updateSubjectCaptions"];
        /**
         * Propose captions
         * @description Starts a task that captions each picture of a subject. Its captions replace the subject's captions. If the subject's captions change before the task ends, the changed captions stay. The request body is optional.
         */
        post: operations["createCaptions"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subjects/{id}/pictures/{position}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a picture of a subject
         * @description Returns the picture as training uses it, upright, in sRGB, as PNG. Its URL in a subject works without a key for a limited time. A picture never changes under its URL.
         */
        get: operations["downloadSubjectPicture"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subjects/{id}/pictures/{position}/mask": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a mask
         * @description Returns the mask of a picture as PNG, gray, of the picture's size, white where the subject is. Its URL in a subject works without a key for a limited time. 404 without a mask.
         */
        get: operations["downloadSubjectMask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/subjects/{id}/pictures/{position}/thumbnail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a thumbnail
         * @description Returns the picture as PNG with at most 256 pixels on its longer side. Pictures that an earlier release stored have no thumbnail and are returned in full size.
         */
        get: operations["downloadSubjectThumbnail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/class-sets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List class sets
         * @description Returns class sets page by page, newest first.
         */
        get: operations["listClassSets"];
        put?: never;
        /**
         * Upload a class set
         * @description Checks and stores images of a class, for the prior preservation of jobs (prior.class_set_id). An image that the set already has is left out, and duplicates lists its file. All images are stored, or none. A JSON body with image_urls and name also works.
         */
        post: operations["createClassSet"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/class-sets/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a class set
         * @description Returns the class set and the number of its images.
         */
        get: operations["getClassSet"];
        put?: never;
        post?: never;
        /**
         * Delete a class set
         * @description Deletes the class set with its images. A class set that an unfinished job uses cannot be deleted.
         */
        delete: operations["deleteClassSet"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/class-sets/{id}/images": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the images of a class set
         * @description Returns the images of the class set page by page, in the order of the upload.
         */
        get: operations["listClassImages"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/class-sets/{id}/images/{position}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download an image of a class set
         * @description Returns the image, upright, in sRGB, as PNG. Its URL in the list of images works without a key for a limited time.
         */
        get: operations["downloadClassImage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/class-sets/{id}/images/{position}/thumbnail": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a thumbnail of a class set's image
         * @description Returns a small copy of the image as PNG. Its URL in the list of images works without a key for a limited time.
         */
        get: operations["downloadClassImageThumbnail"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List base models
         * @description Returns the base models that jobs can train.
         */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{id}/class-words": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Suggest class words for a model without owner
         * @description Same as /v1/models/{owner}/{name}/class-words, for a base model id without a slash.
         */
        get: operations["listClassWordsWithoutOwner"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{id}/identifiers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Suggest identifiers for a model without owner
         * @description Same as /v1/models/{owner}/{name}/identifiers, for a base model id without a slash.
         */
        get: operations["listIdentifiersWithoutOwner"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{owner}/{name}/class-words": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Suggest class words
         * @description Returns at most ten words that the model knows and that begin with a prefix, the commonest first. Each is one token of the base model's vocabulary. It need not be a noun. The base model id is {owner}/{name}.
         */
        get: operations["listClassWords"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/models/{owner}/{name}/identifiers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Suggest identifiers
         * @description Returns rare words of the base model's vocabulary that can stand for a subject. Also checks a proposed identifier. The base model id is {owner}/{name}.
         */
        get: operations["listIdentifiers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/presets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List presets
         * @description Returns named defaults for the spec of a job.
         */
        get: operations["listPresets"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/prompt-lists": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List prompt lists
         * @description Returns named lists of prompts to score checkpoints with.
         */
        get: operations["listPromptLists"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/adapters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List adapters
         * @description Returns adapters page by page, newest first.
         */
        get: operations["listAdapters"];
        put?: never;
        /**
         * Upload an adapter
         * @description Stores a LoRA (tensor names of diffusers, peft or kohya) or embeddings (of diffusers, A1111 or OneTrainer, with output embeddings and bundles) from a .safetensors file. Every tensor must be known and must fit the base model. The problem of a refused file names the tensor. Pickle files (.pt, .bin, .ckpt) are refused.
         */
        post: operations["createAdapter"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/adapters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an adapter
         * @description Returns the adapter and the URL of its file.
         */
        get: operations["getAdapter"];
        put?: never;
        post?: never;
        /**
         * Delete an adapter
         * @description Deletes the adapter and its file. An adapter that an unfinished generation or job uses cannot be deleted.
         */
        delete: operations["deleteAdapter"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/adapters/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download an adapter
         * @description Returns the file as uploaded. Range requests are supported. The file of an id never changes.
         */
        get: operations["downloadAdapter"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/evaluations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List evaluations
         * @description Returns evaluations page by page, newest first, with the rows of their tables. Images of rows are left out; GET /v1/evaluations/{id} returns them.
         */
        get: operations["listEvaluations"];
        put?: never;
        /**
         * Compare jobs and samplers
         * @description Generates and scores images of the same prompts with the same seeds, for each succeeded job, sampler and number of steps. Each combination is one row. An evaluation has at most 64 rows and 4096 images. Defaults: DDIM and PNDM, 50 and 80 steps, the prompt "a photo of a {subject}". Guidance, negative prompt, size and seed default to each job's own sampling settings. DDIM runs with eta 0. A job cannot be deleted during the evaluation. If it is deleted later, its rows are deleted too.
         */
        post: operations["createEvaluation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/evaluations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an evaluation
         * @description Returns the evaluation's current state, with its finished rows.
         */
        get: operations["getEvaluation"];
        put?: never;
        post?: never;
        /**
         * Delete an evaluation
         * @description Deletes the evaluation with its rows and images. Its jobs stay. Cancel a running evaluation first.
         */
        delete: operations["deleteEvaluation"];
        options?: never;
        head?: never;
        /**
         * Change labels and priority of an evaluation
         * @description Changes what the request has. Labels of the request are added to those that the task has, or replace them.
         */
        patch: operations["updateEvaluation"];
        trace?: never;
    };
    "/v1/evaluations/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an evaluation
         * @description Cancels a queued evaluation at once. A running evaluation stops within one sampler step. Its status then becomes canceled. Finished rows stay.
         */
        post: operations["cancelEvaluation"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/evaluations/{id}/table": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an evaluation as a table
         * @description Returns the finished rows as a Markdown table: scheduler, steps, prior preservation and scores with 95 % intervals. Notes below the table name the encoders.
         */
        get: operations["getEvaluationTable"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/workers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List workers
         * @description Returns all workers, oldest first, with what each does now. Workers serve all owners. A task of another owner is shown without its id. A lost worker stays in the list for an hour.
         */
        get: operations["listWorkers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a job's webhook deliveries
         * @description Returns deliveries to the job's own webhook and to the operator's endpoints, newest first.
         */
        get: operations["listJobDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List webhook deliveries
         * @description Returns the webhook deliveries of all tasks of the caller page by page, newest first.
         */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the webhook secret
         * @description Returns the secret that receivers verify signatures with, in the format of Standard Webhooks libraries.
         */
        get: operations["getWebhookSecret"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/secret/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate the webhook secret
         * @description Creates a new secret. For one day, deliveries are signed with the new and the previous secret. Older secrets become invalid at once.
         */
        post: operations["rotateWebhookSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/webhooks/{delivery}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Redeliver a webhook
         * @description Sends the same event with the same webhook-id again, with a full series of attempts. A pending delivery is sent at once.
         */
        post: operations["redeliverWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys
         * @description Returns all API keys, newest first, including expired and revoked ones.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Create an API key
         * @description Returns the key once. The server stores only its hash.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description Revokes the key at once. Its owner's resources stay.
         */
        delete: operations["deleteApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/links/rotate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rotate the link keys
         * @description Signs links to images and files with a new key. Existing links stay valid until they expire.
         */
        post: operations["rotateLinkKeys"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description Captions of a subject's pictures. */
        CaptionTexts: {
            /**
             * @description One caption per picture, in the order of the pictures. {subject} stands for the identifier and the class word, {class} for the class word. In a caption without {subject}, the class word stands for the subject.
             * @example [
             *       "a photo of a teapot on a table"
             *     ]
             */
            captions?: string[];
        };
        /** @description A caption of a picture. */
        Caption: {
            /**
             * @description The caption.
             * @example a photo of a teapot on a table
             */
            text?: string;
            /**
             * @description Source of the caption: blip, BLIP in free text; clip, the base model's CLIP with word lists; user, a client.
             * @example blip
             */
            origin?: components["schemas"]["CaptionOrigin"];
        };
        /** @description Captions of a subject's pictures. */
        SubjectCaptions: {
            /** @description One caption per picture, in the order of the pictures. */
            results?: components["schemas"]["Caption"][];
        };
        /** @description A task that a delivery is about. */
        DeliveredTask: {
            /**
             * @description Kind of the task.
             * @example generation
             */
            kind?: components["schemas"]["TaskKind"];
            /**
             * Format: uuid
             * @description Id of the task.
             * @example 0199f3b0-1a2b-7c3d-8e4f-5a6b7c8d9e0f
             */
            id?: string;
        };
        /** @description The delivery of one event to one webhook. */
        Delivery: {
            /**
             * Format: uuid
             * @description Delivery id, sent as the header webhook-id.
             * @example 0199f3d0-4d5e-7f6a-8b7c-9d0e1f2a3b4c
             */
            id?: string;
            /**
             * @description Always "delivery".
             * @example delivery
             */
            object?: string;
            /**
             * Format: uuid
             * @description Job id. Null for other tasks.
             * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
             */
            job_id?: string | null;
            /** @description The task of the event. */
            task?: components["schemas"]["DeliveredTask"];
            /**
             * @description Event type.
             * @example job.succeeded
             */
            event?: components["schemas"]["DeliveryEvent"];
            /**
             * @description Receiver, without the URL's query.
             * @example https://example.com/hooks/likeness
             */
            url?: string;
            /**
             * @description pending: the next attempt is due at next_attempt_at. delivered: the receiver returned 2xx. failed: all attempts failed. disabled: the receiver returned 410, so it gets no further deliveries.
             * @example pending
             */
            status?: components["schemas"]["DeliveryStatus"];
            /**
             * Format: int32
             * @description Attempts so far, including redeliveries.
             * @example 2
             */
            attempts?: number;
            /**
             * Format: int32
             * @description HTTP status of the last attempt. Null if no response arrived.
             * @example 503
             */
            response_code?: number | null;
            /**
             * @description Reason why the last attempt failed. Null if it succeeded.
             * @example http_status
             */
            error?: components["schemas"]["DeliveryError"];
            /**
             * Format: date-time
             * @description Time of the last attempt.
             * @example 2026-01-31T12:03:36.123456Z
             */
            attempted_at?: string | null;
            /**
             * Format: date-time
             * @description Time of the next attempt. Null unless pending.
             * @example 2026-01-31T12:03:58.123456Z
             */
            next_attempt_at?: string | null;
            /**
             * Format: date-time
             * @description Creation time.
             * @example 2026-01-31T12:03:30.523456Z
             */
            created_at?: string;
        };
        /** @description The secret that receivers verify signatures with. */
        WebhookSecret: {
            /**
             * @description The prefix whsec_, then base64.
             * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw
             */
            secret?: string;
        };
        /** @description Pictures of a subject, and its class word. */
        SubjectForm: {
            /** @description Three to six pictures of the subject: JPEG, PNG or WebP. Or one ZIP archive of them. A text file beside a picture, with the same name and the ending .txt, is its caption. */
            images?: string[];
            /**
             * @description URLs of pictures, or of one ZIP archive, which the service fetches. They must lead to public addresses, also after redirects.
             * @example [
             *       "https://example.com/teapot/1.png"
             *     ]
             */
            image_urls?: string[];
            /** @description Masks of the pictures: gray PNG files of their size, white where the subject is. They have the base names of their pictures, or are one for each picture in the same order. A mask replaces the transparency of its picture. */
            masks?: string[];
            /**
             * @description Noun for the subject.
             * @example teapot
             */
            class_word: string;
        };
        /** @description A property of the pictures that affects training. */
        Finding: {
            /**
             * @description Kind of finding. turned: the picture was rotated by its EXIF orientation. near_duplicates: pictures are nearly identical. blurred: the picture has no sharp edge. same_background: most pictures have similar colours along their edges. close_ups: the subject seems to fill most pictures. upscaled: the picture has fewer pixels than the model's resolution. Only if the subject is a person: no_face, several_faces and face_close_ups (a face fills most pictures). New codes can be added.
             * @example near_duplicates
             */
            code?: string;
            /**
             * @description info: for information. warning: the result is likely to be worse. Neither prevents a job. Unusable pictures are refused at upload.
             * @example warning
             */
            severity?: components["schemas"]["Severity"];
            /**
             * @description Positions of the affected pictures, from 0.
             * @example [
             *       0,
             *       2
             *     ]
             */
            pictures?: number[];
            /**
             * @description Observation, effect and recommendation.
             * @example 1.png and 3.png are nearly the same picture. Their common content counts several times, so the model would repeat that picture instead of learning the subject. Keep one, and send others with another angle, place or light.
             */
            message?: string;
            /**
             * @description Measured values by name, and the threshold.
             * @example {
             *       "hash_distance": 3,
             *       "threshold": 8
             *     }
             */
            figures?: {
                [key: string]: number;
            };
        };
        /** @description A decoded, upright picture of the subject. */
        InputPicture: {
            /**
             * @description Name of the uploaded file.
             * @example 1.png
             */
            file_name?: string;
            /**
             * @description Format of the uploaded file.
             * @example png
             */
            format?: string;
            /**
             * Format: int32
             * @description Width in pixels.
             * @example 256
             */
            width?: number;
            /**
             * Format: int32
             * @description Height in pixels.
             * @example 256
             */
            height?: number;
            /**
             * Format: int32
             * @description Number of detected faces. Null if the subject is not a person.
             * @example 1
             */
            faces?: number | null;
            /**
             * Format: double
             * @description Share of the picture that its mask marks, above 0 to 1. Null without a mask.
             * @example 0.35
             */
            masked_share?: number | null;
            /**
             * Format: uri
             * @description URL of the picture. Works without a key for a limited time.
             * @example http://localhost:8080/v1/subjects/0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b/pictures/0
             */
            url?: string;
            /**
             * Format: uri
             * @description URL of the picture with at most 256 pixels on its longer side. Works without a key for a limited time.
             * @example http://localhost:8080/v1/subjects/0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b/pictures/0/thumbnail
             */
            thumbnail_url?: string;
            /**
             * Format: uri
             * @description URL of the mask, gray, of the picture's size. Null without a mask. Works without a key for a limited time.
             * @example http://localhost:8080/v1/subjects/0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b/pictures/0/mask
             */
            mask_url?: string | null;
            /**
             * Format: uri
             * @description URL of the picture as the job's training sees it. Null outside of a job. Works without a key for a limited time.
             * @example http://localhost:8080/v1/jobs/0199f3a1-5d3e-7f60-9b7c-8d9e0f1a2b3c/pictures/0
             */
            training_url?: string | null;
        };
        /** @description Decoded pictures of the subject, and findings about them. */
        InputReport: {
            /** @description Pictures in upload order. */
            pictures?: components["schemas"]["InputPicture"][];
            /** @description Properties of the pictures that affect training. Empty if none was found. */
            findings?: components["schemas"]["Finding"][];
        };
        /** @description One animal, person or thing, shown by a few pictures. */
        Subject: {
            /**
             * Format: uuid
             * @description Subject id.
             * @example 0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b
             */
            id?: string;
            /**
             * @description Always "subject".
             * @example subject
             */
            object?: string;
            /**
             * @description Noun for the subject.
             * @example teapot
             */
            class_word?: string;
            /** @description Decoded pictures of the subject, and findings about them. */
            input_report?: components["schemas"]["InputReport"];
            /** @description One caption per picture, in the order of the pictures. Empty if the subject has no captions. */
            captions?: components["schemas"]["Caption"][];
            /**
             * Format: int32
             * @description Number of jobs of the subject.
             * @example 2
             */
            jobs?: number;
            /**
             * Format: date-time
             * @description Upload time.
             * @example 2026-01-31T11:58:00.123456Z
             */
            created_at?: string;
            /** @description Related URLs. */
            urls?: components["schemas"]["SubjectUrls"];
        };
        /** @description URLs related to a subject. */
        SubjectUrls: {
            /**
             * Format: uri
             * @description The subject.
             * @example http://localhost:8080/v1/subjects/0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b
             */
            get?: string;
            /**
             * Format: uri
             * @description Captions: GET returns them, PUT replaces them, POST proposes new ones.
             * @example http://localhost:8080/v1/subjects/0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b/captions
             */
            captions?: string;
            /**
             * Format: uri
             * @description Jobs: GET returns them, POST submits one.
             * @example http://localhost:8080/v1/subjects/0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b/jobs
             */
            jobs?: string;
        };
        /** @description Part of a picture, as shares of the width and height of the upright picture. */
        CropBox: {
            /**
             * Format: double
             * @description Left edge.
             * @example 0.25
             */
            x?: number;
            /**
             * Format: double
             * @description Top edge.
             * @example 0.1
             */
            y?: number;
            /**
             * Format: double
             * @description Width. It ends inside the picture.
             * @example 0.5
             */
            width?: number;
            /**
             * Format: double
             * @description Height. It ends inside the picture.
             * @example 0.8
             */
            height?: number;
        };
        /** @description Exponential moving average of what is trained, as EMAModel of diffusers. Training continues beside it. Checkpoints of both are scored, the better one is the result, and both are exported. Previews are of the average. */
        Ema: {
            /**
             * @description Whether there is an average.
             * @example true
             */
            enabled?: boolean;
            /**
             * Format: double
             * @description Largest share of the former average in the next one.
             * @example 0.9999
             */
            decay?: number;
            /**
             * Format: double
             * @description Smallest share of the former average in the next one.
             * @example 0
             */
            min_decay?: number;
            /**
             * Format: int32
             * @description Steps in which the average is what was trained last.
             * @example 0
             */
            update_after_step?: number;
            /**
             * @description Whether the decay rises as 1 - (1 + step / inv_gamma)^-power. Otherwise it rises as (1 + step) / (10 + step).
             * @example false
             */
            warmup?: boolean;
            /**
             * Format: double
             * @description Of the warm-up. A larger one is slower.
             * @example 1
             */
            inv_gamma?: number;
            /**
             * Format: double
             * @description Of the warm-up. A larger one is faster.
             * @example 0.75
             */
            power?: number;
        };
        /** @description Scoring of checkpoints during training. The weights of some steps are kept. Each checkpoint and the base model generate images of the same prompts with the same seeds. Sampler, steps, guidance and its interval, negative prompt and size are those of sampling. One checkpoint becomes the job's result. Another one can be chosen later without training again. */
        Evaluation: {
            /**
             * Format: int32
             * @description Number of scored checkpoints, evenly spaced. The last one is the end of training. Their weights are kept as long as the job.
             * @example 4
             */
            checkpoints?: number;
            /**
             * @description Id of the prompt list, from GET /v1/prompt-lists. "auto" selects the list for the class word, else "object". Ignored if prompts are set.
             * @example auto
             */
            prompt_list?: string | null;
            /**
             * Format: int32
             * @description Prompts to use of each kind in the list. 0 uses all.
             * @example 2
             */
            prompts_per_kind?: number;
            /**
             * @description Prompts to score with. If empty, the prompts of prompt_list are used.
             * @example [
             *       "a photo of a {subject} on the beach"
             *     ]
             */
            prompts?: string[];
            /**
             * Format: int32
             * @description Images per prompt.
             * @example 1
             */
            images_per_prompt?: number;
            /**
             * Format: int32
             * @description Images of the class prompt, for pres and div.
             * @example 4
             */
            class_images?: number;
            /**
             * Format: int64
             * @description Seed of the first image of each set.
             * @example 0
             */
            seed?: number;
            /**
             * @description Which checkpoint becomes the result: the best by score, or the last.
             * @example best
             */
            keep?: components["schemas"]["KeptWeights"];
            /**
             * @description Metric that ranks checkpoints. clip_i and dino: together with prompts, by likeness gain times the fourth root of the share of the untrained clip_t_margin that is left, without checkpoints whose detail is still rising. clip_t: by its value.
             * @example clip_i
             */
            score?: components["schemas"]["DecidingScore"];
            /**
             * Format: double
             * @description Minimum clip_t_margin of the best checkpoint, as a share of the base model's. A checkpoint below it ignores too much of the prompt. If none reaches it, the checkpoint with the highest clip_t_margin is chosen. 0 disables the limit.
             * @example 0
             */
            prompt_floor?: number;
            /**
             * Format: int32
             * @description Ends training after this number of scored checkpoints without improvement. 0 disables early stopping.
             * @example 0
             */
            patience?: number;
        };
        /** @description Facial loss: the same noise loss on the largest face of each picture. For a picture without a detected face, the term is omitted and the job's log says so. */
        Face: {
            /**
             * @description Whether the facial loss is used.
             * @example false
             */
            enabled?: boolean;
            /**
             * Format: double
             * @description Weight of the facial loss.
             * @example 1
             */
            weight?: number;
            /**
             * @description crop: the loss on a resized crop of the face with margin. mask: the loss on the face's region of the whole picture.
             * @example crop
             */
            region?: components["schemas"]["FaceRegion"];
            /**
             * Format: double
             * @description Margin on each side of the face, as a share of its longer side.
             * @example 0.3
             */
            margin?: number;
        };
        /** @description Settings of textual inversion. */
        Inversion: {
            /**
             * Format: int32
             * @description Number of embeddings of the placeholder token.
             * @example 1
             */
            vectors?: number;
            /**
             * @description Word, <random> or <zero>: initial values of the embeddings. A word may have at most `vectors` tokens. Null uses the class word, or the trained embeddings of a base job with momentum.
             * @example bird
             */
            initializer?: string | null;
            /**
             * @description Prompts for the training pictures. object, style and face use the paper's templates, one at random per picture. none uses the instance prompt only.
             * @example object
             */
            templates?: components["schemas"]["PromptTemplates"];
            /**
             * @description If true, {subject} stands for the placeholder token and the class word. If false, it stands for the placeholder token only.
             * @example false
             */
            class_word_in_prompt?: boolean;
            /**
             * Format: double
             * @description Momentum only: weight of v_train in (1 - gamma) v_star + gamma v_train. 1 is plain textual inversion. 0 keeps v_star.
             * @example 0.1
             */
            gamma?: number;
            /**
             * @description Momentum only: how v_star changes. anchor: not at all. ema: it follows v_train as an exponential moving average.
             * @example anchor
             */
            momentum_mode?: components["schemas"]["MomentumMode"];
            /**
             * Format: uuid
             * @description Id of uploaded embeddings to continue from, unless initializer is set. With momentum, also restores v_train, v_star and gamma if the file contains them.
             * @example 0199f3c4-2b3c-7d4e-8f5a-6b7c8d9e0f1a
             */
            adapter_id?: string | null;
        };
        /**
         * @description Settings of a job for an existing subject. All fields are optional.
         * @example {
         *       "spec": {
         *         "training": {
         *           "steps": 400
         *         }
         *       }
         *     }
         */
        JobRequest: {
            /**
             * @description Noun for the subject. Defaults to the subject's class word.
             * @example teapot
             */
            class_word?: string | null;
            /** @description Settings of the job. All fields are optional. */
            spec?: components["schemas"]["JobSpec"];
            /**
             * Format: uri
             * @description URL that receives the events of the task, in the format of Standard Webhooks.
             * @example https://example.com/hooks/likeness
             */
            webhook?: string | null;
            /**
             * @description Events that the webhook receives. start: a worker begins. progress: at most one event in 5 seconds. completed: the task is final. Defaults to completed.
             * @example [
             *       "start",
             *       "completed"
             *     ]
             */
            webhook_events_filter?: components["schemas"]["WebhookEvent"][];
            /**
             * @description Labels, to find the task by, at most 64. Keys and values follow the rules of Kubernetes for labels.
             * @example {
             *       "env": "prod",
             *       "example.com/team": "toys"
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /**
             * Format: int32
             * @description Priority in the queue, -10 to 10. A level is worth an hour of waiting. More than 0 requires the scope admin.
             * @example -1
             */
            priority?: number;
        };
        /**
         * @description Settings of a job. All fields are optional. An omitted field defaults to the preset, then to the base model's defaults, then to the built-in defaults. The job returns all resolved values.
         * @example {
         *       "training": {
         *         "steps": 400
         *       }
         *     }
         */
        JobSpec: {
            /**
             * @description Base model id, from GET /v1/models.
             * @example likeness/tiny-world
             */
            model?: string;
            /**
             * @description Training method. dreambooth: all weights of the UNet. dreambooth_lora: LoRA. textual_inversion: embeddings of a placeholder token. momentum_textual_inversion: the same with momentum. pivotal_tuning: embeddings of a placeholder token, and LoRA.
             * @example dreambooth
             */
            method?: components["schemas"]["TrainingMethod"];
            /**
             * Format: uuid
             * @description Id of a finished job with the same base model. Training starts from the result of that job.
             * @example 01a1fe2e-7128-7cc1-853c-c2e36f5ca385
             */
            base_job_id?: string | null;
            /**
             * @description Preset id, from GET /v1/presets. Supplies the defaults of omitted fields.
             * @example tiny-world-fast
             */
            preset?: string | null;
            /**
             * @description Rare word that stands for the subject in prompts. Must be a single, uncommon word, different from the class word. Get suggestions from GET /v1/models/{id}/identifiers.
             * @example sks
             */
            identifier?: string;
            /**
             * @description Prompt of the subject's pictures in training.
             * @example a photo of a {subject}
             */
            instance_prompt?: string;
            /** @description Training settings. */
            training?: components["schemas"]["Training"];
            /** @description Prior preservation: a second loss on class images, so that the model keeps its knowledge of the class. */
            prior?: components["schemas"]["Prior"];
            /** @description LoRA settings. Used by dreambooth_lora and pivotal_tuning only. */
            lora?: components["schemas"]["Lora"];
            /** @description Textual inversion settings. Used by textual_inversion, momentum_textual_inversion and pivotal_tuning only. */
            textual_inversion?: components["schemas"]["Inversion"];
            /** @description Settings of pivotal_tuning. Ignored by other methods. */
            pivotal_tuning?: components["schemas"]["PivotalTuning"];
            /** @description Facial loss settings. */
            face?: components["schemas"]["Face"];
            /** @description Masked loss settings. */
            mask?: components["schemas"]["Mask"];
            /** @description Images to generate during training. */
            previews?: components["schemas"]["Previews"];
            /** @description Scoring of checkpoints during training. */
            evaluation?: components["schemas"]["Evaluation"];
            /** @description Images to generate after training. */
            sampling?: components["schemas"]["Sampling"];
        };
        /** @description LoRA settings. */
        Lora: {
            /**
             * Format: int32
             * @description Rank of the LoRA.
             * @example 16
             */
            rank?: number;
            /**
             * Format: double
             * @description LoRA alpha. Updates are scaled by alpha / rank.
             * @example 16
             */
            alpha?: number;
            /**
             * Format: double
             * @description Dropout probability of the LoRA's inputs during training.
             * @example 0
             */
            dropout?: number;
            /**
             * @description UNet layers with a LoRA: attention only, all linear layers, or all layers.
             * @example attention
             */
            targets?: components["schemas"]["LoraTargets"];
            /**
             * @description Kind of the adapters. lora: a product of low rank. loha: a Hadamard product of two of them. lokr: a Kronecker product.
             * @example lora
             */
            algorithm?: components["schemas"]["LoraAlgorithm"];
            /**
             * @description Trains the norms of the changed weights, too (DoRA), of each output or of each input. Norms of the outputs can be loaded by diffusers.
             * @example outputs
             */
            dora?: components["schemas"]["LoraDora"];
            /**
             * @description Scales updates by alpha / sqrt(rank) (rsLoRA), not by alpha / rank.
             * @example true
             */
            rank_stabilized?: boolean;
            /**
             * Format: int32
             * @description Rank at convolutions of several pixels (LoCon), which have an adapter with targets all. Defaults to the rank.
             * @example 8
             */
            conv_rank?: number | null;
            /**
             * Format: double
             * @description Alpha at convolutions of several pixels. Defaults to alpha.
             * @example 4
             */
            conv_alpha?: number | null;
            /**
             * @description Ranks of some layers: PATTERN=RANK, where PATTERN is a regular expression that matches the end of a layer's name. The first match applies. peft and kohya have the same (rank_pattern, network_reg_dims).
             * @example [
             *       "attn2.to_k=8",
             *       "mid_block.*=32"
             *     ]
             */
            rank_pattern?: string[];
            /**
             * @description Alphas of some layers, as rank_pattern: PATTERN=ALPHA.
             * @example [
             *       "attn2.to_k=8"
             *     ]
             */
            alpha_pattern?: string[];
            /**
             * Format: int32
             * @description The smaller divisor of each side that algorithm lokr looks for. Null for divisors close to each other, as -1 in LyCORIS.
             * @example 8
             */
            factor?: number | null;
            /**
             * @description Gives convolutions of several pixels a core with their pixels (Tucker form), as use_tucker in LyCORIS.
             * @example true
             */
            tucker?: boolean;
            /**
             * @description Makes the smaller factor of algorithm lokr a product of low rank, too, where that is smaller.
             * @example true
             */
            decompose_both?: boolean;
        };
        /** @description Masked loss: the loss of a latent is multiplied by mask + (1 - mask) * outside. Class images have no masks. */
        Mask: {
            /**
             * @description Whether the masks of the pictures weight the loss. Refused if no picture has a mask. A picture without a mask counts everywhere.
             * @example false
             */
            enabled?: boolean;
            /**
             * Format: double
             * @description Weight of what the mask leaves out.
             * @example 0.1
             */
            outside?: number;
        };
        /** @description The learning rate of a part of what is trained. A field that is null has the value of the whole training. */
        PartRate: {
            /**
             * Format: double
             * @description Learning rate of the part.
             * @example 0.00005
             */
            learning_rate?: number | null;
            /**
             * @description Schedule of the part, as learning_rate_schedule of the training.
             * @example cosine_with_restarts
             */
            learning_rate_schedule?: string | null;
            /**
             * Format: int32
             * @description Steps of linear warm-up of the part.
             * @example 20
             */
            warmup_steps?: number | null;
            /**
             * Format: int32
             * @description Cycles of cosine_with_restarts of the part.
             * @example 3
             */
            learning_rate_cycles?: number | null;
        };
        /** @description Steps of pivotal_tuning that train the adapter and the embeddings, and the size of the embeddings. */
        PivotalTuning: {
            /**
             * Format: double
             * @description Share of the steps after which the embeddings are not trained any more, rounded to the nearest step. 1 trains them in every step.
             * @example 0.5
             */
            embeddings_until?: number;
            /**
             * Format: double
             * @description Share of the steps after which the adapter is trained, at most embeddings_until. 0 trains it in every step. The same share as embeddings_until trains first the embeddings, then the adapter.
             * @example 0
             */
            adapter_from?: number;
            /**
             * Format: double
             * @description After each step the embeddings are multiplied by (s / std)^rescaling, with the standard deviations s of the text encoder's table and std of the embeddings. 0: not at all. 1: std becomes s.
             * @example 0.1
             */
            rescaling?: number;
        };
        /** @description Images generated during training. Sampler, steps, guidance and its interval, negative prompt and size are those of sampling. Image i of prompt p has the seed seed + p * images_per_prompt + i, at every step. */
        Previews: {
            /**
             * Format: int32
             * @description Training steps between previews. 0 disables previews.
             * @example 100
             */
            every_steps?: number;
            /**
             * @description Prompts.
             * @example [
             *       "a photo of a {subject}"
             *     ]
             */
            prompts?: string[];
            /**
             * Format: int32
             * @description Images per prompt.
             * @example 1
             */
            images_per_prompt?: number;
            /**
             * Format: int64
             * @description Seed of the first image.
             * @example 0
             */
            seed?: number;
        };
        /** @description Prior preservation. The base model generates class images before training. Each training step also computes a loss on them. */
        Prior: {
            /**
             * @description Whether prior preservation is used.
             * @example true
             */
            enabled?: boolean;
            /**
             * Format: int32
             * @description Number of class images. With class_set_id it defaults to the number that uses every image of the set.
             * @example 48
             */
            images?: number;
            /**
             * Format: uuid
             * @description Id of a class set. Its images replace generated ones, and train with their captions where they have some. Null for generated images only.
             * @example 0199f3a1-7d2e-7f60-9b7c-8d9e0f1a2b3c
             */
            class_set_id?: string | null;
            /**
             * Format: double
             * @description Share of the images that come from the class set, 0 to 1. The rest is generated. Null for all. Requires class_set_id.
             * @example 0.5
             */
            mix?: number | null;
            /**
             * Format: double
             * @description Weight of the prior loss.
             * @example 1
             */
            weight?: number;
            /**
             * @description Prompt of the class images.
             * @example a photo of a {class}
             */
            prompt?: string;
            /**
             * @description Negative prompt. Can be empty.
             * @example blurry
             */
            negative_prompt?: string;
            /**
             * @description Sampler.
             * @example ddim
             */
            sampler?: components["schemas"]["Sampler"];
            /**
             * Format: int32
             * @description Sampler steps.
             * @example 30
             */
            steps?: number;
            /**
             * Format: double
             * @description Classifier-free guidance scale. 1 disables guidance.
             * @example 5
             */
            guidance?: number;
            /**
             * @description Noise levels where guidance acts, above the first and up to the second, as sigma = sqrt((1 - alpha-bar) / alpha-bar). Elsewhere each step needs half of the computation, and the prompt alone predicts. Empty is everywhere.
             * @example [
             *       0.28,
             *       5.42
             *     ]
             */
            guidance_interval?: number[];
            /**
             * Format: double
             * @description Share of the guided prediction that is rescaled to the standard deviation of the prediction with the prompt, against overexposed images. 0 disables it.
             * @example 0.7
             */
            guidance_rescale?: number;
            /**
             * Format: int64
             * @description Seed of the first class image. Each further image adds 1.
             * @example 0
             */
            seed?: number;
            /**
             * @description What weights such as (word:1.3) do. a1111: the weighting of stable-diffusion-webui, which keeps the mean of the text states. compel: the one of the library compel, which diffusers recommends. none: brackets are text.
             * @example a1111
             */
            prompt_weighting?: components["schemas"]["PromptWeighting"];
        };
        /** @description Learning rates of parts of what is trained. A part that the job does not train must not be named. */
        Rates: {
            /** @description Of the UNet, or of adapters beside it. */
            unet?: components["schemas"]["PartRate"];
            /** @description Of the first text encoder, or of adapters beside it. */
            text_encoder?: components["schemas"]["PartRate"];
            /** @description Of the second text encoder of Stable Diffusion XL, or of adapters beside it. */
            second_text_encoder?: components["schemas"]["PartRate"];
            /** @description Of the embeddings of new tokens. */
            embeddings?: components["schemas"]["PartRate"];
        };
        /** @description Images to generate. */
        Sampling: {
            /**
             * @description Prompts. {subject} stands for the identifier and the class word, {class} for the class word.
             * @example [
             *       "a photo of a {subject} on the beach"
             *     ]
             */
            prompts?: string[];
            /**
             * @description Negative prompt. Can be empty.
             * @example blurry
             */
            negative_prompt?: string;
            /**
             * Format: int32
             * @description Images per prompt.
             * @example 4
             */
            images_per_prompt?: number;
            /**
             * @description Sampler.
             * @example ddim
             */
            sampler?: components["schemas"]["Sampler"];
            /**
             * Format: int32
             * @description Sampler steps.
             * @example 30
             */
            steps?: number;
            /**
             * Format: double
             * @description Classifier-free guidance scale. 1 disables guidance.
             * @example 5
             */
            guidance?: number;
            /**
             * @description Noise levels where guidance acts, above the first and up to the second, as sigma = sqrt((1 - alpha-bar) / alpha-bar). Elsewhere each step needs half of the computation, and the prompt alone predicts. Empty is everywhere.
             * @example [
             *       0.28,
             *       5.42
             *     ]
             */
            guidance_interval?: number[];
            /**
             * Format: double
             * @description Share of the guided prediction that is rescaled to the standard deviation of the prediction with the prompt, against overexposed images. 0 disables it.
             * @example 0.7
             */
            guidance_rescale?: number;
            /**
             * Format: double
             * @description Scale of the job's own LoRA in the UNet. Ignored by jobs without a LoRA.
             * @example 1
             */
            lora_unet_scale?: number;
            /**
             * Format: double
             * @description Scale of the job's own LoRA in the text encoders.
             * @example 1
             */
            lora_text_scale?: number;
            /**
             * @description If true, adapters are added to copies of the weights, which is faster. If false, they are computed beside the weights, which needs less memory. The images are equal up to rounding.
             * @example true
             */
            fused?: boolean;
            /**
             * Format: double
             * @description DDIM only: share of new noise in each step. 0 is deterministic.
             * @example 0
             */
            eta?: number;
            /**
             * Format: int32
             * @description Width in pixels.
             * @example 64
             */
            width?: number;
            /**
             * Format: int32
             * @description Height in pixels.
             * @example 64
             */
            height?: number;
            /**
             * Format: int64
             * @description Seed of the first image. Each further image adds 1, prompt by prompt.
             * @example 0
             */
            seed?: number;
            /**
             * Format: int32
             * @description Layers at the end of each text encoder that its states skip, counted as in diffusers. 0 uses the layers that the model was trained with; n is Clip skip n + 1 in stable-diffusion-webui. Null uses the value of the training.
             * @example 0
             */
            clip_skip?: number | null;
            /**
             * @description What weights such as (word:1.3) do. a1111: the weighting of stable-diffusion-webui, which keeps the mean of the text states. compel: the one of the library compel, which diffusers recommends. none: brackets are text.
             * @example a1111
             */
            prompt_weighting?: components["schemas"]["PromptWeighting"];
            /**
             * @description Format of the files of the images that are asked for. All contain their recipes. png has the exact pixels, which the scores compare for every format.
             * @example webp
             */
            image_format?: components["schemas"]["ImageFormat"];
            /**
             * Format: int32
             * @description Quality of jpeg and webp, up to 100. Ignored by png.
             * @example 90
             */
            image_quality?: number;
        };
        /** @description Training settings. */
        Training: {
            /**
             * Format: int32
             * @description Optimizer steps.
             * @example 400
             */
            steps?: number;
            /**
             * Format: double
             * @description Learning rate.
             * @example 0.0007
             */
            learning_rate?: number;
            /**
             * @description constant, linear, cosine, cosine_with_restarts, polynomial or rex. Or a list of rates, each with its last step: 5e-2:100, 5e-3:500, 5e-4.
             * @example constant
             */
            learning_rate_schedule?: string;
            /**
             * Format: int32
             * @description Steps of linear warm-up from zero. Must be 0 with a list of rates.
             * @example 0
             */
            warmup_steps?: number;
            /**
             * Format: int32
             * @description Cycles of cosine_with_restarts. Must be 1 with other schedules.
             * @example 1
             */
            learning_rate_cycles?: number;
            /** @description Learning rates of parts of what is trained. */
            rates?: components["schemas"]["Rates"];
            /**
             * Format: double
             * @description The learning rate of an adapter's second matrix as a multiple of the first one's (LoRA+). 1 for the same rate.
             * @example 16
             */
            lora_plus?: number;
            /** @description Exponential moving average of what is trained. */
            ema?: components["schemas"]["Ema"];
            /**
             * @description adamw, adamw_8bit (a quarter of AdamW's state memory), adafactor (the least state memory), lion (half of AdamW's), prodigy (twice AdamW's, finds its own learning rate) or adamw_schedule_free (one and a half times AdamW's, needs no schedule).
             * @example adamw
             */
            optimizer?: components["schemas"]["Optimizer"];
            /**
             * Format: int32
             * @description Pictures of the subject per forward pass. With prior preservation, the same number of class images is added.
             * @example 4
             */
            batch_size?: number;
            /**
             * Format: int32
             * @description Forward passes per optimizer step.
             * @example 1
             */
            gradient_accumulation?: number;
            /**
             * @description Whether activations are recomputed in the backward pass. Saves memory and costs time.
             * @example false
             */
            gradient_checkpointing?: boolean;
            /**
             * @description Number format of the forward pass. Trained weights stay in fp32. Frozen weights use this format.
             * @example fp32
             */
            precision?: components["schemas"]["Precision"];
            /**
             * @description Whether the text encoders are trained too.
             * @example false
             */
            train_text_encoder?: boolean;
            /**
             * Format: double
             * @description Maximum 2-norm of the gradient. Larger gradients are clipped.
             * @example 1
             */
            max_grad_norm?: number;
            /**
             * Format: double
             * @description Gamma of min-SNR loss weighting. 0 disables it.
             * @example 0
             */
            snr_gamma?: number;
            /**
             * @description Whether the loss is weighted by 1 / sqrt(SNR), or by 1 / (SNR + 1) for a model that predicts velocity, with at most 1000 as SNR. With snr_gamma, both weights apply.
             * @example false
             */
            debiased_estimation?: boolean;
            /**
             * @description Loss of the difference d between prediction and target. l2 is d^2, huber is 2 c (sqrt(d^2 + c^2) - c), smooth_l1 is 2 (sqrt(d^2 + c^2) - c), with the threshold c of huber_schedule.
             * @example l2
             */
            loss_type?: components["schemas"]["LossType"];
            /**
             * @description Threshold of huber and smooth_l1 at timestep t of T with noise level sigma. constant is huber_c, exponential is huber_c^(t / T), snr is (1 - huber_c) / (1 + sigma)^2 + huber_c. Ignored with l2.
             * @example snr
             */
            huber_schedule?: components["schemas"]["HuberSchedule"];
            /**
             * Format: double
             * @description Lowest threshold of huber and smooth_l1. Ignored with l2.
             * @example 0.1
             */
            huber_c?: number;
            /**
             * @description Whether the noise is rescaled so that the last timestep is pure noise, in training and in all images of the trained model, which begin at that timestep. Needs a model that predicts velocity. Samplers pndm, lms and heun cannot begin there. Jobs on top of such a job inherit it. A model whose scheduler's file says so has it in any case.
             * @example false
             */
            zero_terminal_snr?: boolean;
            /**
             * Format: double
             * @description Standard deviation of the noise offset per channel. 0 disables it.
             * @example 0
             */
            noise_offset?: number;
            /**
             * Format: int32
             * @description Most levels of coarser noise that are added to the noise (pyramid noise). 0 disables it.
             * @example 0
             */
            multires_noise_iterations?: number;
            /**
             * Format: double
             * @description Factor of each coarser noise to the one before. Ignored without multires_noise_iterations.
             * @example 0.3
             */
            multires_noise_discount?: number;
            /**
             * Format: double
             * @description Standard deviation of further noise that is added to the noise, but not to what the model learns to predict. 0 disables it.
             * @example 0
             */
            input_perturbation?: number;
            /**
             * @description Words that describe some of the pictures. Each is appended to the training prompt at random, so that the identifier does not absorb it.
             * @example [
             *       "blurred background"
             *     ]
             */
            descriptive_words?: string[];
            /**
             * Format: double
             * @description Probability that a descriptive word is appended.
             * @example 0.1
             */
            descriptive_word_probability?: number;
            /**
             * @description One caption per picture, in the order of the pictures. Captions replace the instance prompt in training. An empty list uses the instance prompt. The words "auto" and "subject" are also accepted, with the same meaning as in caption_source.
             * @example [
             *       "a photo of a {subject} on a table"
             *     ]
             */
            captions?: string[];
            /**
             * @description Source of the captions. given: the captions are in the field captions. subject: the subject's captions are used. auto: a worker proposes captions before training. subject and auto insert the identifier at the class word, else at the front, and leave the field captions empty. The job's own captions show the result. Null means given.
             * @example auto
             */
            caption_source?: components["schemas"]["CaptionSource"];
            /**
             * Format: int32
             * @description Side of a training picture in pixels.
             * @example 64
             */
            resolution?: number;
            /**
             * @description Whether crop is random. It is older than crop, which it must not contradict.
             * @example false
             */
            random_crop?: boolean;
            /**
             * @description Whether pictures of the subject are mirrored at random.
             * @example false
             */
            random_flip?: boolean;
            /**
             * @description Part of the resized picture that trains. center: its middle. random: another part for each use. face: around the largest face; the middle without one. saliency: around what stands out, by its spectral residual.
             * @example center
             */
            crop?: components["schemas"]["TrainingCrop"];
            /**
             * @description If true, pictures keep their aspect ratios, in aspect-ratio buckets whose area is at most the square of resolution. Each batch has pictures of one bucket. If false, they are cropped to squares.
             * @example false
             */
            buckets?: boolean;
            /** @description Parts of the pictures that train, as if only these had been sent: one box for each picture of the subject. The box of a whole picture has x 0, y 0, width 1 and height 1. Empty trains whole pictures. */
            crop_boxes?: components["schemas"]["CropBox"][];
            /**
             * Format: int64
             * @description Seed of all random numbers in training.
             * @example 0
             */
            seed?: number;
            /**
             * Format: double
             * @description Beta 1 of AdamW.
             * @example 0.9
             */
            beta1?: number;
            /**
             * Format: double
             * @description Beta 2 of AdamW.
             * @example 0.999
             */
            beta2?: number;
            /**
             * Format: double
             * @description Weight decay.
             * @example 0.01
             */
            weight_decay?: number;
            /**
             * Format: double
             * @description Epsilon of AdamW.
             * @example 1e-8
             */
            epsilon?: number;
            /**
             * Format: int32
             * @description Seconds between checkpoints that an interrupted run resumes from. Saving them takes at most 5 % of the training time.
             * @example 120
             */
            checkpoint_every_seconds?: number;
            /**
             * Format: int32
             * @description Number of these checkpoints to keep. If the latest one is unreadable, the run resumes from an older one.
             * @example 1
             */
            keep_checkpoints?: number;
            /**
             * Format: int32
             * @description Layers at the end of each text encoder that its states skip, counted as in diffusers. 0 uses the layers that the model was trained with; n is Clip skip n + 1 in stable-diffusion-webui. Prior images skip the same layers.
             * @example 0
             */
            clip_skip?: number;
        };
        /**
         * @deprecated
         * @description A recommendation that follows from a job's scores.
         */
        Advice: {
            /**
             * @description Kind of advice. overfit: the images resemble the pictures and ignore prompts. prompts_ignored: the images ignore prompts without resembling the pictures. undertrained: likeness still increases at the end of training. unlike: the images hardly resemble the pictures. unfinished: the images have the colours of the pictures, but not their detail. class_leak: class images resemble the subject. class_variety: class images became less varied. peaks_early: the first checkpoint is the best. uncertain: too few images to rank the checkpoints. not_measured: a score is missing. New codes can be added.
             * @example overfit
             */
            code?: string;
            /**
             * @description info: for information. warning: the result is worse than it could be.
             * @example warning
             */
            severity?: components["schemas"]["Severity"];
            /**
             * @description Observation and recommendation.
             * @example CLIP-I of 0.688 is near the 0.676 of the real pictures among themselves, but CLIP-T's margin over other prompts fell from 0.301 to 0.144. The images repeat the pictures instead of following prompts (overfitting). Train fewer than 400 steps, or use a lower learning rate (now 0.0007).
             */
            message?: string;
            /**
             * @description Measured values by name. clip_i is the score of the job's result, clip_i_untrained that of the base model, clip_i_real that of the real pictures, clip_i_at_300 that of step 300. Other metrics have the same suffixes. step is the training step of the result.
             * @example {
             *       "step": 400,
             *       "clip_i": 0.688,
             *       "clip_i_real": 0.676,
             *       "clip_t_margin": 0.144
             *     }
             */
            figures?: {
                [key: string]: number;
            };
        };
        /** @description Chroma and hue of the pixels of pictures, in CIELAB (CIE 1976, D65). Each picture has the same weight. */
        Colours: {
            /**
             * Format: double
             * @description Mean chroma. 0 is grey.
             * @example 34.3
             */
            chroma?: number;
            /**
             * Format: double
             * @description Standard deviation of the chroma.
             * @example 12.9
             */
            chroma_spread?: number;
            /**
             * Format: double
             * @description Circular mean of the hue angles, weighted by chroma, in degrees. Null for grey pictures.
             * @example 190.8
             */
            hue?: number | null;
            /**
             * Format: double
             * @description Circular standard deviation of the hue angles, weighted by chroma, in degrees. Null for grey pictures.
             * @example 24
             */
            hue_spread?: number | null;
        };
        /** @description A memory saving. */
        Economy: {
            /**
             * @description Machine-readable name.
             * @example gradient_checkpointing
             */
            name?: components["schemas"]["EconomyName"];
            /**
             * @description Text to display.
             * @example gradient checkpointing: activations are computed twice instead of kept
             */
            description?: string;
        };
        /** @description A generated image and its recipe. */
        Image: {
            /**
             * Format: uuid
             * @description Image id.
             * @example 0199f3a2-77aa-7c01-9d2e-2f6b8c9d0e1f
             */
            id?: string;
            /**
             * @description Always "image".
             * @example image
             */
            object?: string;
            /**
             * @description result: generated with the trained weights. before: generated by the base model with the class prompt. class: generated with the trained weights and the class prompt. preview: generated during training. evaluation: generated to score a checkpoint. contact_sheet: an overview of the images.
             * @example result
             */
            role?: components["schemas"]["ImageRole"];
            /**
             * Format: int32
             * @description Position among the images with the same role and step, from 0. For an image of a generation, its position in the generation.
             * @example 0
             */
            position?: number;
            /**
             * Format: int32
             * @description Training step of the weights. 0 is the base model.
             * @example 400
             */
            step?: number;
            /**
             * Format: uri
             * @description URL of the file.
             * @example http://localhost:8080/v1/images/0199f3a2-77aa-7c01-9d2e-2f6b8c9d0e1f
             */
            url?: string;
            /**
             * @description Format of the file. Images of role result have that of sampling, others are PNG.
             * @example png
             */
            format?: components["schemas"]["ImageFormat"];
            /**
             * Format: int32
             * @description Width in pixels.
             * @example 64
             */
            width?: number;
            /**
             * Format: int32
             * @description Height in pixels.
             * @example 64
             */
            height?: number;
            /**
             * @description SHA-256 of the file, hexadecimal.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            sha256?: string;
            /** @description Everything that the image was generated with. */
            recipe?: components["schemas"]["Recipe"];
            /**
             * Format: double
             * @description CLIP-I of the images with the same prompt and step. Null if they have no score.
             * @example 0.646
             */
            score?: number | null;
            /**
             * Format: date-time
             * @description Creation time.
             * @example 2026-01-31T12:03:20.123456Z
             */
            created_at?: string;
        };
        /** @description A training job, from the pictures to images and scores. */
        Job: {
            /**
             * Format: uuid
             * @description Job id.
             * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
             */
            id?: string;
            /**
             * @description Always "job".
             * @example job
             */
            object?: string;
            /**
             * @description Current status. succeeded, failed and canceled are final.
             * @example processing
             */
            status?: components["schemas"]["TaskStatus"];
            /** @description Progress of the current phase. */
            progress?: components["schemas"]["Progress"];
            /** @description Reason for the failure. Null unless the job failed. */
            error?: components["schemas"]["Failure"];
            /**
             * @description Why its cancellation was requested. Null if it was not.
             * @example deadline
             */
            cancel_reason?: components["schemas"]["CancelReason"];
            /**
             * Format: date-time
             * @description Submission time.
             * @example 2026-01-31T12:20:00.123456Z
             */
            created_at?: string;
            /**
             * Format: date-time
             * @description Time when a worker first started the evaluation.
             * @example 2026-01-31T12:20:01.123456Z
             */
            started_at?: string | null;
            /**
             * Format: date-time
             * @description Time when the evaluation became final.
             * @example 2026-01-31T12:24:04.123456Z
             */
            completed_at?: string | null;
            /**
             * Format: date-time
             * @description When it is canceled unless it is final, from Cancel-After. Null without a deadline.
             * @example 2026-01-31T13:00:00.123456Z
             */
            cancel_at?: string | null;
            /**
             * Format: int32
             * @description Priority in the queue, -10 to 10.
             * @example 0
             */
            priority?: number;
            /**
             * @description Labels.
             * @example {
             *       "env": "prod",
             *       "example.com/team": "toys"
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /**
             * Format: uuid
             * @description Subject id. Several jobs can share a subject.
             * @example 0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b
             */
            subject_id?: string;
            /**
             * @description Noun for the subject.
             * @example teapot
             */
            class_word?: string;
            /**
             * @description Rare word that stands for the subject in prompts.
             * @example sks
             */
            identifier?: string;
            /**
             * @description Training method.
             * @example dreambooth
             */
            method?: string;
            /**
             * @description Base model id.
             * @example likeness/tiny-world
             */
            model?: string;
            /** @description All settings of the job, including defaults. */
            spec?: components["schemas"]["JobSpec"];
            /** @description The job whose training this job continues. Null unless it was created for that. */
            continued_from?: components["schemas"]["Continuation"];
            /**
             * @description Current phase. Null unless a worker runs the job.
             * @example training
             */
            phase?: components["schemas"]["JobPhase"];
            /**
             * Format: int32
             * @description Position in the queue, 1 for the next job. Null if the job is not queued, or if it is beyond position 1000.
             * @example 1
             */
            queue_position?: number | null;
            /** @description Planned memory on the device, and the memory savings that make the job fit. */
            memory_plan?: components["schemas"]["MemoryPlan"];
            /** @description Software that runs the job, and its self-check. */
            engine?: components["schemas"]["JobEngine"];
            /** @description Duration and resources of the job. */
            metrics?: components["schemas"]["Metrics"];
            /**
             * Format: date-time
             * @description Time when the job and its results are deleted. Null if never.
             * @example 2026-03-02T12:03:30.123456Z
             */
            expires_at?: string | null;
            /** @description Decoded pictures of the subject, and findings about them. */
            input_report?: components["schemas"]["InputReport"];
            /** @description One caption per picture that training uses, in the order of the pictures. Empty if training uses prompts only, or before captions are proposed. */
            captions?: components["schemas"]["Caption"][];
            /** @description The checkpoint that is the job's result. */
            checkpoint?: components["schemas"]["ChosenCheckpoint"];
            /** @description The state at the end of training, from which another job can continue. Null until training has ended. */
            training_state?: components["schemas"]["TrainingState"];
            /** @description Scores of the job's images. Empty until the images are scored. */
            scores?: components["schemas"]["Score"][];
            /** @description Recommendations that follow from the scores. Empty until training has ended, and if there are no recommendations. */
            advice?: components["schemas"]["Advice"][];
            /** @description The job's images, results first, except those of roles evaluation and class. Empty until the first image is finished. */
            images?: components["schemas"]["Image"][];
            /**
             * @deprecated
             * @description Former name of advice, with the same content. The next release removes it.
             */
            guidance?: components["schemas"]["Advice"][];
            /** @description Related URLs. */
            urls?: components["schemas"]["JobUrls"];
        };
        /** @description URLs related to a job. */
        JobUrls: {
            /**
             * Format: uri
             * @description The job.
             * @example http://localhost:8080/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
             */
            get?: string;
            /**
             * Format: uri
             * @description Cancels the job. Use POST.
             * @example http://localhost:8080/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/cancel
             */
            cancel?: string;
            /**
             * Format: uri
             * @description Server-sent events of the job.
             * @example http://localhost:8080/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/events
             */
            events?: string;
            /**
             * Format: uri
             * @description Images of the job.
             * @example http://localhost:8080/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/images
             */
            images?: string;
            /**
             * Format: uri
             * @description Scored checkpoints of the job.
             * @example http://localhost:8080/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/checkpoints
             */
            checkpoints?: string;
            /**
             * Format: uri
             * @description Scores of the job.
             * @example http://localhost:8080/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/scores
             */
            scores?: string;
            /**
             * Format: uri
             * @description Exported files of the job.
             * @example http://localhost:8080/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/artifacts
             */
            artifacts?: string;
            /**
             * Format: uri
             * @description Report of the job, as an HTML page.
             * @example http://localhost:8080/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/report
             */
            report?: string;
        };
        /** @description Duration and resources of a job. */
        Metrics: {
            /**
             * Format: double
             * @description Seconds in the queue. Null while the job is queued.
             * @example 0.8
             */
            queued_seconds?: number | null;
            /**
             * @description Seconds of each finished phase.
             * @example {
             *       "preparing": 1.2,
             *       "training": 104.5
             *     }
             */
            phase_seconds?: {
                [key: string]: number;
            };
            /**
             * Format: double
             * @description Training steps per second. Null until training has ended.
             * @example 3.8
             */
            steps_per_second?: number | null;
            /**
             * Format: int64
             * @description Peak memory of the worker in bytes. Null if unknown.
             * @example 1610612736
             */
            peak_memory_bytes?: number | null;
        };
        /** @description Progress of the current phase. */
        Progress: {
            /**
             * Format: int32
             * @description Finished steps.
             * @example 120
             */
            step?: number;
            /**
             * Format: int32
             * @description All steps of the phase. 0 if unknown.
             * @example 400
             */
            total?: number;
            /**
             * Format: int32
             * @description Estimated seconds until the end. Null if unknown.
             * @example 95
             */
            eta_seconds?: number | null;
        };
        /** @description An adapter that an image was generated with. */
        RecipeAdapter: {
            /**
             * @description SHA-256 of the file, hexadecimal.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            sha256?: string;
            /**
             * Format: double
             * @description Scale of the LoRA in the UNet.
             * @example 0.8
             */
            unet_scale?: number;
            /**
             * Format: double
             * @description Scale of the LoRA in the text encoders.
             * @example 1
             */
            text_scale?: number;
            /**
             * @description Placeholder token of embeddings. Null for a LoRA, and for a file with several tokens.
             * @example <my-owl>
             */
            placeholder?: string | null;
        };
        /** @description A score of a set of images. */
        Score: {
            /**
             * @description Scored set. checkpoint: the images that each checkpoint generates for scoring. results: the requested images.
             * @example results
             */
            images?: components["schemas"]["ScoredImages"];
            /**
             * Format: int32
             * @description Training step. 0 is the base model with the class prompt.
             * @example 400
             */
            step?: number;
            /**
             * @description "overall", or the single prompt whose images were scored.
             * @example overall
             */
            subset?: string;
            /**
             * @description clip_i: similarity of the images to the subject's pictures (better: higher, up to `reference`); clip_t: how well the images show their prompt, without the identifier (better: higher); clip_t_margin: how much better the images show their own prompt than the others (better: higher); dino: similarity of the images to the subject's pictures, in finer detail (better: higher, up to `reference`); detail: how much of the detail of the subject's pictures the images show (better: higher, up to `reference`); colour_shift: how much more saturated the images are than the subject's pictures (better: closer to 0); pres: similarity of the plain class to the subject: what leaked into the class (better: lower); div: how different the images of the plain class are (better: higher).
             * @example clip_i
             */
            metric?: components["schemas"]["ScoreMetric"];
            /**
             * Format: double
             * @description Value of the score. Null if it could not be computed.
             * @example 0.646
             */
            value?: number | null;
            /**
             * @description Reason why the value is null.
             * @example the model has no dino encoder
             */
            reason?: string | null;
            /**
             * Format: int32
             * @description Number of pairs. The value is their mean.
             * @example 72
             */
            n?: number;
            /**
             * @description 95 % bootstrap interval over images and pictures: lower and upper bound.
             * @example [
             *       0.61,
             *       0.68
             *     ]
             */
            interval?: (number | null)[] | null;
            /** @description Colours of the images and of the real pictures. Null unless the metric is colour_shift. */
            colours?: components["schemas"]["ScoreColours"];
            /**
             * @description Model that computed the embeddings.
             * @example likeness/tiny-world/clip
             */
            encoder?: string;
            /**
             * @description Pairs that were compared.
             * @example all generated x real
             */
            pairing?: string;
            /**
             * Format: double
             * @description The same metric of the real pictures. It compares the pictures with each other. For clip_t, it compares them with the class prompt. Null if the metric has no reference.
             * @example 0.676
             */
            reference?: number | null;
            /** @description What the value says about the weights. Only scores of trained checkpoints over all prompts have one. Null if the value cannot be judged. */
            verdict?: components["schemas"]["ScoreVerdict"];
        };
        /** @description Settings of a captions task. All fields are optional. */
        CaptionForm: components["schemas"]["CaptionSpec"] & {
            /**
             * Format: uri
             * @description URL that receives the events of the task, in the format of Standard Webhooks.
             * @example https://example.com/hooks/likeness
             */
            webhook?: string | null;
            /**
             * @description Events that the webhook receives. start: a worker begins. progress: at most one event in 5 seconds. completed: the task is final. Defaults to completed.
             * @example [
             *       "start",
             *       "completed"
             *     ]
             */
            webhook_events_filter?: components["schemas"]["WebhookEvent"][];
            /**
             * @description Labels, to find the task by, at most 64. Keys and values follow the rules of Kubernetes for labels.
             * @example {
             *       "env": "prod",
             *       "example.com/team": "toys"
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /**
             * Format: int32
             * @description Priority in the queue, -10 to 10. A level is worth an hour of waiting. More than 0 requires the scope admin.
             * @example -1
             */
            priority?: number;
        };
        /** @description Settings of a captions task. All fields are optional. */
        CaptionSpec: {
            /**
             * @description Id of the base model to be trained, from GET /v1/models. It selects the captioner: BLIP, or the model's own CLIP.
             * @example likeness/tiny-world
             */
            model?: string;
            /**
             * @description How BLIP decodes: greedy, or beam search. Ignored by CLIP, like the fields below.
             * @example greedy
             */
            mode?: components["schemas"]["CaptionMode"];
            /**
             * Format: int32
             * @description Number of beams in beam search.
             * @example 3
             */
            beams?: number;
            /**
             * @description Start of each caption. Can be empty.
             * @example a photo of
             */
            prompt?: string;
            /**
             * Format: int32
             * @description Maximum length of a caption in tokens, including prompt.
             * @example 20
             */
            max_length?: number;
        };
        /** @description A task that captions a subject's pictures. */
        Captions: {
            /**
             * Format: uuid
             * @description Task id.
             * @example 0199f3a1-2b3c-7d4e-9f5a-6b7c8d9e0f1a
             */
            id?: string;
            /**
             * @description Always "captions".
             * @example captions
             */
            object?: string;
            /**
             * @description Current status. succeeded, failed and canceled are final.
             * @example succeeded
             */
            status?: components["schemas"]["TaskStatus"];
            /** @description Progress, in pictures. */
            progress?: components["schemas"]["Progress"];
            /** @description Reason for the failure. Null unless the task failed. */
            error?: components["schemas"]["Failure"];
            /**
             * @description Why its cancellation was requested. Null if it was not.
             * @example deadline
             */
            cancel_reason?: components["schemas"]["CancelReason"];
            /**
             * Format: date-time
             * @description Submission time.
             * @example 2026-01-31T12:20:00.123456Z
             */
            created_at?: string;
            /**
             * Format: date-time
             * @description Time when a worker first started the evaluation.
             * @example 2026-01-31T12:20:01.123456Z
             */
            started_at?: string | null;
            /**
             * Format: date-time
             * @description Time when the evaluation became final.
             * @example 2026-01-31T12:24:04.123456Z
             */
            completed_at?: string | null;
            /**
             * Format: date-time
             * @description When it is canceled unless it is final, from Cancel-After. Null without a deadline.
             * @example 2026-01-31T13:00:00.123456Z
             */
            cancel_at?: string | null;
            /**
             * Format: int32
             * @description Priority in the queue, -10 to 10.
             * @example 0
             */
            priority?: number;
            /**
             * @description Labels.
             * @example {
             *       "env": "prod",
             *       "example.com/team": "toys"
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /**
             * Format: uuid
             * @description Subject id.
             * @example 0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b
             */
            subject_id?: string;
            /** @description All settings of the task. */
            spec?: components["schemas"]["CaptionSpec"];
            /** @description One caption per picture, in the order of the pictures. Empty until the task has succeeded. */
            captions?: components["schemas"]["Caption"][];
            /** @description Related URLs. */
            urls?: components["schemas"]["CaptionsUrls"];
        };
        /** @description URLs related to a captions task. */
        CaptionsUrls: {
            /**
             * Format: uri
             * @description The task.
             * @example http://localhost:8080/v1/captions/0199f3a1-2b3c-7d4e-9f5a-6b7c8d9e0f1a
             */
            get?: string;
            /**
             * Format: uri
             * @description Cancels the task. Use POST.
             * @example http://localhost:8080/v1/captions/0199f3a1-2b3c-7d4e-9f5a-6b7c8d9e0f1a/cancel
             */
            cancel?: string;
            /**
             * Format: uri
             * @description The subject.
             * @example http://localhost:8080/v1/subjects/0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b
             */
            subject?: string;
        };
        /**
         * @description A job to plan.
         * @example {
         *       "class_word": "teapot",
         *       "spec": {
         *         "training": {
         *           "steps": 400
         *         }
         *       }
         *     }
         */
        PlanRequest: {
            /**
             * Format: uuid
             * @description Id of an existing subject. Null if its pictures are not uploaded yet.
             * @example 0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b
             */
            subject_id?: string | null;
            /**
             * @description Noun for the subject. Defaults to the class word of the subject.
             * @example teapot
             */
            class_word?: string | null;
            /** @description Settings. Omitted settings have the defaults of the model and the method. */
            spec?: components["schemas"]["JobSpec"];
            /**
             * Format: uri
             * @description URL that receives the events of the task, in the format of Standard Webhooks.
             * @example https://example.com/hooks/likeness
             */
            webhook?: string | null;
            /**
             * @description Events that the webhook receives. start: a worker begins. progress: at most one event in 5 seconds. completed: the task is final. Defaults to completed.
             * @example [
             *       "start",
             *       "completed"
             *     ]
             */
            webhook_events_filter?: components["schemas"]["WebhookEvent"][];
            /**
             * @description Labels, to find the task by, at most 64. Keys and values follow the rules of Kubernetes for labels.
             * @example {
             *       "env": "prod",
             *       "example.com/team": "toys"
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /**
             * Format: int32
             * @description Priority in the queue, -10 to 10. A level is worth an hour of waiting. More than 0 requires the scope admin.
             * @example -1
             */
            priority?: number;
        };
        /** @description Expected time from the start of the job to its end, without waiting for a worker and without downloads of the model. */
        ExpectedDuration: {
            /**
             * Format: int32
             * @description Median of what the pace of earlier jobs gives. Null if it is unknown.
             * @example 95
             */
            seconds?: number | null;
            /**
             * Format: int32
             * @description Number of earlier jobs that the estimate is based on, at most 10. They succeeded at the first attempt on this installation, with the same model, method, kind of device and settings of a training step.
             * @example 3
             */
            measured_jobs?: number;
            /**
             * @description Why the duration is unknown. Null if it is known.
             * @example No job with the method lora, the model likeness/tiny-world and these settings of a training step has finished yet.
             */
            reason?: string | null;
        };
        /** @description What a job would be and take. */
        Plan: {
            /**
             * @description Always "plan".
             * @example plan
             */
            object?: string;
            /**
             * @description Noun for the subject.
             * @example teapot
             */
            class_word?: string;
            /** @description Complete settings, with defaults and with changes that make the job fit into memory. */
            spec?: components["schemas"]["JobSpec"];
            memory_plan?: components["schemas"]["MemoryPlan"];
            /**
             * Format: int32
             * @description Number of training steps.
             * @example 400
             */
            training_steps?: number;
            /** @description Numbers of images that the job generates. */
            images?: components["schemas"]["PlannedImages"];
            /** @description Expected duration. */
            duration?: components["schemas"]["ExpectedDuration"];
        };
        /** @description Numbers of images that a job generates. Earlier jobs with the same settings share images of the untrained model. */
        PlannedImages: {
            /**
             * Format: int32
             * @description Images of the class for prior preservation.
             * @example 64
             */
            prior_images?: number;
            /**
             * Format: int32
             * @description Images during training.
             * @example 0
             */
            previews?: number;
            /**
             * Format: int32
             * @description Images that score the untrained model and the checkpoints.
             * @example 30
             */
            scoring?: number;
            /**
             * Format: int32
             * @description Images of the result.
             * @example 8
             */
            results?: number;
            /**
             * Format: int32
             * @description Sum of these numbers.
             * @example 102
             */
            total?: number;
        };
        /** @description Pictures of a subject and its class word, or the id of an existing subject, and settings of the job. */
        JobForm: {
            /** @description Three to six pictures of the subject: JPEG, PNG or WebP. Or one ZIP archive of them. A text file beside a picture, with the same name and the ending .txt, is its caption. Captions train the job unless the spec names captions or a caption_source. */
            images?: string[];
            /**
             * @description URLs of pictures, or of one ZIP archive, which the service fetches. They must lead to public addresses, also after redirects.
             * @example [
             *       "https://example.com/teapot/1.png"
             *     ]
             */
            image_urls?: string[];
            /** @description Masks of the pictures: gray PNG files of their size, white where the subject is. They have the base names of their pictures, or are one for each picture in the same order. A mask replaces the transparency of its picture. */
            masks?: string[];
            /**
             * Format: uuid
             * @description Id of an existing subject, in place of images.
             * @example 0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b
             */
            subject_id?: string;
            /**
             * @description Noun for the subject. Required with images. With subject_id, defaults to the subject's class word.
             * @example teapot
             */
            class_word?: string;
            spec?: components["schemas"]["JobSpec"];
            /**
             * Format: uri
             * @description URL that receives the events of the task, in the format of Standard Webhooks.
             * @example https://example.com/hooks/likeness
             */
            webhook?: string | null;
            /**
             * @description Events that the webhook receives. start: a worker begins. progress: at most one event in 5 seconds. completed: the task is final. Defaults to completed.
             * @example [
             *       "start",
             *       "completed"
             *     ]
             */
            webhook_events_filter?: components["schemas"]["WebhookEvent"][];
            /**
             * @description Labels, to find the task by, at most 64. Keys and values follow the rules of Kubernetes for labels.
             * @example {
             *       "env": "prod",
             *       "example.com/team": "toys"
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /**
             * Format: int32
             * @description Priority in the queue, -10 to 10. A level is worth an hour of waiting. More than 0 requires the scope admin.
             * @example -1
             */
            priority?: number;
        };
        /** @description An adapter to generate with: an uploaded one (id), or the result of another finished job with the same base model (job_id). */
        AdapterUse: {
            /**
             * Format: uuid
             * @description Id of an uploaded adapter.
             * @example 0199f3c4-2b3c-7d4e-8f5a-6b7c8d9e0f1a
             */
            id?: string | null;
            /**
             * Format: uuid
             * @description Id of a finished job that trained a LoRA or embeddings.
             * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
             */
            job_id?: string | null;
            /**
             * Format: double
             * @description Scale of the LoRA in the UNet. Ignored for embeddings.
             * @default 1
             * @example 0.8
             */
            unet_scale: number;
            /**
             * Format: double
             * @description Scale of the LoRA in the text encoders. Ignored for embeddings.
             * @default 1
             * @example 1
             */
            text_scale: number;
            /**
             * @description Placeholder token for the embeddings in prompts. Defaults to their own.
             * @example <my-owl>
             */
            placeholder?: string | null;
        };
        /** @description Settings of a generation. All fields are optional. */
        GenerationForm: components["schemas"]["Sampling"] & {
            /**
             * @description Adapters to merge with the job's own weights.
             * @example [
             *       {
             *         "job_id": "0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60",
             *         "unet_scale": 0.8
             *       }
             *     ]
             */
            adapters?: components["schemas"]["AdapterUse"][];
            /**
             * Format: int32
             * @description Training step of the job's own weights, one of the job's checkpoints. Null for the job's result.
             * @example 200
             */
            checkpoint_step?: number | null;
            /**
             * @description The raw weights of a job with an average (EMA), or the average. Null for those of the job's result.
             * @example raw
             */
            weights?: components["schemas"]["WeightsKind"];
            /**
             * Format: uri
             * @description URL that receives the events of the task, in the format of Standard Webhooks.
             * @example https://example.com/hooks/likeness
             */
            webhook?: string | null;
            /**
             * @description Events that the webhook receives. start: a worker begins. progress: at most one event in 5 seconds. completed: the task is final. Defaults to completed.
             * @example [
             *       "start",
             *       "completed"
             *     ]
             */
            webhook_events_filter?: components["schemas"]["WebhookEvent"][];
            /**
             * @description Labels, to find the task by, at most 64. Keys and values follow the rules of Kubernetes for labels.
             * @example {
             *       "env": "prod",
             *       "example.com/team": "toys"
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /**
             * Format: int32
             * @description Priority in the queue, -10 to 10. A level is worth an hour of waiting. More than 0 requires the scope admin.
             * @example -1
             */
            priority?: number;
        };
        /** @description More images from a finished job. */
        Generation: {
            /**
             * Format: uuid
             * @description Generation id.
             * @example 0199f3b0-1a2b-7c3d-8e4f-5a6b7c8d9e0f
             */
            id?: string;
            /**
             * @description Always "generation".
             * @example generation
             */
            object?: string;
            /**
             * @description Current status. succeeded, failed and canceled are final.
             * @example succeeded
             */
            status?: components["schemas"]["TaskStatus"];
            /** @description Progress of the generation. */
            progress?: components["schemas"]["Progress"];
            /** @description Reason for the failure. Null unless the generation failed. */
            error?: components["schemas"]["Failure"];
            /**
             * @description Why its cancellation was requested. Null if it was not.
             * @example deadline
             */
            cancel_reason?: components["schemas"]["CancelReason"];
            /**
             * Format: date-time
             * @description Submission time.
             * @example 2026-01-31T12:20:00.123456Z
             */
            created_at?: string;
            /**
             * Format: date-time
             * @description Time when a worker first started the evaluation.
             * @example 2026-01-31T12:20:01.123456Z
             */
            started_at?: string | null;
            /**
             * Format: date-time
             * @description Time when the evaluation became final.
             * @example 2026-01-31T12:24:04.123456Z
             */
            completed_at?: string | null;
            /**
             * Format: date-time
             * @description When it is canceled unless it is final, from Cancel-After. Null without a deadline.
             * @example 2026-01-31T13:00:00.123456Z
             */
            cancel_at?: string | null;
            /**
             * Format: int32
             * @description Priority in the queue, -10 to 10.
             * @example 0
             */
            priority?: number;
            /**
             * @description Labels.
             * @example {
             *       "env": "prod",
             *       "example.com/team": "toys"
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /**
             * Format: uuid
             * @description Id of the job whose weights generate the images.
             * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
             */
            job_id?: string;
            /**
             * Format: int32
             * @description Training step of the job's own weights. Null in generations of earlier releases, which use those of the job's result.
             * @example 400
             */
            checkpoint_step?: number | null;
            /**
             * @description Whether these are the raw weights or their average (EMA). Null for a job without an average.
             * @example ema
             */
            weights?: components["schemas"]["WeightsKind"];
            /** @description All settings of the generation. */
            spec?: components["schemas"]["Sampling"];
            /** @description Adapters merged with the job's own weights. Empty if none. */
            adapters?: components["schemas"]["UsedAdapter"][];
            /** @description The generated images. Empty until the first image is finished. */
            images?: components["schemas"]["Image"][];
            /** @description Scores of the images. Empty until all images are finished. */
            scores?: components["schemas"]["Score"][];
            /** @description Related URLs. */
            urls?: components["schemas"]["GenerationUrls"];
        };
        /** @description URLs related to a generation. */
        GenerationUrls: {
            /**
             * Format: uri
             * @description The generation.
             * @example http://localhost:8080/v1/generations/0199f3b0-1a2b-7c3d-8e4f-5a6b7c8d9e0f
             */
            get?: string;
            /**
             * Format: uri
             * @description Cancels the generation. Use POST.
             * @example http://localhost:8080/v1/generations/0199f3b0-1a2b-7c3d-8e4f-5a6b7c8d9e0f/cancel
             */
            cancel?: string;
            /**
             * Format: uri
             * @description The job.
             * @example http://localhost:8080/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
             */
            job?: string;
        };
        /** @description An adapter of a generation. */
        UsedAdapter: {
            /**
             * Format: uuid
             * @description Id of the uploaded adapter. Null for the result of a job. The adapter may have been deleted since.
             * @example 0199f3c4-2b3c-7d4e-8f5a-6b7c8d9e0f1a
             */
            id?: string | null;
            /**
             * Format: uuid
             * @description Id of the job that trained the adapter. Null for an uploaded one. The job may have been deleted since.
             * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
             */
            job_id?: string | null;
            /**
             * @description lora or embedding.
             * @example lora
             */
            kind?: components["schemas"]["AdapterKind"];
            /**
             * Format: double
             * @description Scale of the LoRA in the UNet.
             * @example 0.8
             */
            unet_scale?: number;
            /**
             * Format: double
             * @description Scale of the LoRA in the text encoders.
             * @example 1
             */
            text_scale?: number;
            /**
             * @description Placeholder token of the embeddings. Null for a LoRA, and for a file with several tokens.
             * @example <my-owl>
             */
            placeholder?: string | null;
            /**
             * @description SHA-256 of the file, hexadecimal.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            sha256?: string;
        };
        /**
         * @description What differs from the copied job. All fields are optional.
         * @example {
         *       "spec": {
         *         "training": {
         *           "steps": 800
         *         }
         *       }
         *     }
         */
        CopyRequest: {
            /**
             * @description Noun for the subject. Defaults to that of the job.
             * @example teapot
             */
            class_word?: string | null;
            /** @description Changed settings. All fields are optional. */
            spec?: components["schemas"]["JobSpec"];
            /**
             * Format: uri
             * @description URL that receives the events of the task, in the format of Standard Webhooks.
             * @example https://example.com/hooks/likeness
             */
            webhook?: string | null;
            /**
             * @description Events that the webhook receives. start: a worker begins. progress: at most one event in 5 seconds. completed: the task is final. Defaults to completed.
             * @example [
             *       "start",
             *       "completed"
             *     ]
             */
            webhook_events_filter?: components["schemas"]["WebhookEvent"][];
            /**
             * @description Labels, to find the task by, at most 64. Keys and values follow the rules of Kubernetes for labels.
             * @example {
             *       "env": "prod",
             *       "example.com/team": "toys"
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /**
             * Format: int32
             * @description Priority in the queue, -10 to 10. A level is worth an hour of waiting. More than 0 requires the scope admin.
             * @example -1
             */
            priority?: number;
        };
        /** @description A job that continues the training of another one. */
        ContinueRequest: {
            /**
             * Format: int32
             * @description Steps to train after those of the other job. Together they must not exceed 100000.
             * @example 100
             */
            steps: number;
            /**
             * Format: uri
             * @description URL that receives the events of the task, in the format of Standard Webhooks.
             * @example https://example.com/hooks/likeness
             */
            webhook?: string | null;
            /**
             * @description Events that the webhook receives. start: a worker begins. progress: at most one event in 5 seconds. completed: the task is final. Defaults to completed.
             * @example [
             *       "start",
             *       "completed"
             *     ]
             */
            webhook_events_filter?: components["schemas"]["WebhookEvent"][];
            /**
             * @description Labels, to find the task by, at most 64. Keys and values follow the rules of Kubernetes for labels.
             * @example {
             *       "env": "prod",
             *       "example.com/team": "toys"
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /**
             * Format: int32
             * @description Priority in the queue, -10 to 10. A level is worth an hour of waiting. More than 0 requires the scope admin.
             * @example -1
             */
            priority?: number;
        };
        /** @description Jobs to compare, and settings of their images. */
        EvaluationForm: components["schemas"]["EvaluationSpec"] & {
            /**
             * Format: uri
             * @description URL that receives the events of the task, in the format of Standard Webhooks.
             * @example https://example.com/hooks/likeness
             */
            webhook?: string | null;
            /**
             * @description Events that the webhook receives. start: a worker begins. progress: at most one event in 5 seconds. completed: the task is final. Defaults to completed.
             * @example [
             *       "start",
             *       "completed"
             *     ]
             */
            webhook_events_filter?: components["schemas"]["WebhookEvent"][];
            /**
             * @description Labels, to find the task by, at most 64. Keys and values follow the rules of Kubernetes for labels.
             * @example {
             *       "env": "prod",
             *       "example.com/team": "toys"
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /**
             * Format: int32
             * @description Priority in the queue, -10 to 10. A level is worth an hour of waiting. More than 0 requires the scope admin.
             * @example -1
             */
            priority?: number;
        };
        /** @description Jobs to compare, and settings of their images. Each job has one row per sampler and number of steps. All fields except job_ids are optional. */
        EvaluationSpec: {
            /**
             * @description Ids of succeeded jobs. Each generates images with its own weights.
             * @example [
             *       "0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60"
             *     ]
             */
            job_ids: string[];
            /**
             * @description Samplers to compare.
             * @example [
             *       "ddim",
             *       "pndm"
             *     ]
             */
            samplers?: components["schemas"]["Sampler"][];
            /**
             * @description Numbers of sampler steps to compare.
             * @example [
             *       50,
             *       80
             *     ]
             */
            steps?: number[];
            /**
             * @description Prompts of every row. {subject} stands for the identifier and the class word of the row's job, {class} for its class word.
             * @example [
             *       "a photo of a {subject}"
             *     ]
             */
            prompts?: string[];
            /**
             * Format: int32
             * @description Images per prompt.
             * @example 4
             */
            images_per_prompt?: number;
            /**
             * @description Negative prompt. Can be empty. Null uses each job's own sampling settings.
             * @example blurry
             */
            negative_prompt?: string | null;
            /**
             * Format: double
             * @description Classifier-free guidance scale. 1 disables guidance. Null uses each job's own sampling settings.
             * @example 5
             */
            guidance?: number | null;
            /**
             * @description Noise levels where guidance acts, above the first and up to the second, as sigma = sqrt((1 - alpha-bar) / alpha-bar). Elsewhere each step needs half of the computation, and the prompt alone predicts. Empty is everywhere. Null uses each job's own sampling settings.
             * @example [
             *       0.28,
             *       5.42
             *     ]
             */
            guidance_interval?: (number | null)[] | null;
            /**
             * Format: double
             * @description Share of the guided prediction that is rescaled to the standard deviation of the prediction with the prompt, against overexposed images. 0 disables it. Null uses each job's own sampling settings.
             * @example 0.7
             */
            guidance_rescale?: number | null;
            /**
             * Format: int32
             * @description Width in pixels. Null uses each job's own sampling settings.
             * @example 64
             */
            width?: number | null;
            /**
             * Format: int32
             * @description Height in pixels. Null uses each job's own sampling settings.
             * @example 64
             */
            height?: number | null;
            /**
             * Format: int64
             * @description Seed of the first image of every row. Each further image adds 1, prompt by prompt. Null uses each job's own sampling settings.
             * @example 0
             */
            seed?: number | null;
            /**
             * Format: int32
             * @description Layers at the end of each text encoder that its states skip, counted as in diffusers. 0 uses the layers that the model was trained with; n is Clip skip n + 1 in stable-diffusion-webui. Null uses each job's own sampling settings.
             * @example 0
             */
            clip_skip?: number | null;
            /**
             * @description What weights such as (word:1.3) do. a1111: the weighting of stable-diffusion-webui, which keeps the mean of the text states. compel: the one of the library compel, which diffusers recommends. none: brackets are text. Null uses each job's own sampling settings.
             * @example a1111
             */
            prompt_weighting?: components["schemas"]["EvaluationSpecPromptWeighting"];
        };
        /** @description Scores of one job with one sampler and number of steps. */
        EvaluationRow: {
            /**
             * Format: uuid
             * @description Id of the job whose weights generated the images.
             * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
             */
            job_id?: string;
            /**
             * @description Training method of the job.
             * @example dreambooth
             */
            method?: string;
            /**
             * @description Sampler, also called scheduler.
             * @example ddim
             */
            sampler?: string;
            /**
             * Format: int32
             * @description Sampler steps.
             * @example 50
             */
            steps?: number;
            /**
             * @description Whether the job used prior preservation.
             * @example true
             */
            prior?: boolean;
            /**
             * Format: int32
             * @description Training step of the weights.
             * @example 400
             */
            step?: number;
            /**
             * Format: double
             * @description Seconds per generated image, averaged over its batch.
             * @example 0.41
             */
            seconds_per_image?: number;
            /**
             * @description URLs of the PNG files, prompt by prompt. Each file contains its recipe.
             * @example [
             *       "http://localhost:8080/v1/images/0199f3c8-77aa-7c01-9d2e-2f6b8c9d0e1f"
             *     ]
             */
            images?: string[];
            /** @description Similarity of the images to the subject's pictures. */
            clip_i?: components["schemas"]["EvaluationScore"];
            /** @description How well the images show their prompt, without the identifier. */
            clip_t?: components["schemas"]["EvaluationScore"];
            /** @description Similarity of the images to the subject's pictures, in finer detail. */
            dino?: components["schemas"]["EvaluationScore"];
        };
        /** @description A comparison of finished jobs. */
        EvaluationRun: {
            /**
             * Format: uuid
             * @description Evaluation id.
             * @example 0199f3c8-3c4d-7e5f-9a6b-7c8d9e0f1a2b
             */
            id?: string;
            /**
             * @description Always "evaluation".
             * @example evaluation
             */
            object?: string;
            /**
             * @description Current status. succeeded, failed and canceled are final.
             * @example succeeded
             */
            status?: components["schemas"]["TaskStatus"];
            /** @description Progress, in images. */
            progress?: components["schemas"]["Progress"];
            /** @description Reason for the failure. Null unless the evaluation failed. */
            error?: components["schemas"]["Failure"];
            /**
             * @description Why its cancellation was requested. Null if it was not.
             * @example deadline
             */
            cancel_reason?: components["schemas"]["CancelReason"];
            /**
             * Format: date-time
             * @description Submission time.
             * @example 2026-01-31T12:20:00.123456Z
             */
            created_at?: string;
            /**
             * Format: date-time
             * @description Time when a worker first started the evaluation.
             * @example 2026-01-31T12:20:01.123456Z
             */
            started_at?: string | null;
            /**
             * Format: date-time
             * @description Time when the evaluation became final.
             * @example 2026-01-31T12:24:04.123456Z
             */
            completed_at?: string | null;
            /**
             * Format: date-time
             * @description When it is canceled unless it is final, from Cancel-After. Null without a deadline.
             * @example 2026-01-31T13:00:00.123456Z
             */
            cancel_at?: string | null;
            /**
             * Format: int32
             * @description Priority in the queue, -10 to 10.
             * @example 0
             */
            priority?: number;
            /**
             * @description Labels.
             * @example {
             *       "env": "prod",
             *       "example.com/team": "toys"
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /** @description All settings of the evaluation. */
            spec?: components["schemas"]["EvaluationSpec"];
            /** @description Finished rows, by job, sampler and steps, in the order of the request. */
            rows?: components["schemas"]["EvaluationRow"][];
            /** @description Related URLs. */
            urls?: components["schemas"]["EvaluationUrls"];
        };
        /** @description A score of a row's images. */
        EvaluationScore: {
            /**
             * Format: double
             * @description Value of the score. Null if it could not be computed.
             * @example 0.646
             */
            value?: number | null;
            /**
             * @description 95 % bootstrap interval: lower and upper bound.
             * @example [
             *       0.61,
             *       0.68
             *     ]
             */
            interval?: (number | null)[] | null;
            /**
             * Format: int32
             * @description Number of pairs. The value is their mean.
             * @example 24
             */
            n?: number;
            /**
             * Format: double
             * @description The same metric of the real pictures. It compares the pictures with each other. For clip_t, it compares them with the class prompt. Null if the metric has no reference.
             * @example 0.676
             */
            reference?: number | null;
            /**
             * @description Model that computed the embeddings.
             * @example likeness/tiny-world/clip
             */
            encoder?: string;
            /**
             * @description Reason why the value is null.
             * @example the model has no dino encoder
             */
            reason?: string | null;
        };
        /** @description URLs related to an evaluation. */
        EvaluationUrls: {
            /**
             * Format: uri
             * @description The evaluation.
             * @example http://localhost:8080/v1/evaluations/0199f3c8-3c4d-7e5f-9a6b-7c8d9e0f1a2b
             */
            get?: string;
            /**
             * Format: uri
             * @description Finished rows as a Markdown table.
             * @example http://localhost:8080/v1/evaluations/0199f3c8-3c4d-7e5f-9a6b-7c8d9e0f1a2b/table
             */
            table?: string;
            /**
             * Format: uri
             * @description Cancels the evaluation. Use POST.
             * @example http://localhost:8080/v1/evaluations/0199f3c8-3c4d-7e5f-9a6b-7c8d9e0f1a2b/cancel
             */
            cancel?: string;
        };
        /** @description Images of a class. */
        ClassSetForm: {
            /** @description Images of the class: JPEG, PNG or WebP, at most 1,000. Or one ZIP archive of them. A text file beside an image, with the same name and the ending .txt, is its caption. */
            images?: string[];
            /**
             * @description URLs of images, or of one ZIP archive, which the service fetches. They must lead to public addresses, also after redirects.
             * @example [
             *       "https://example.com/teapots.zip"
             *     ]
             */
            image_urls?: string[];
            /**
             * @description Name to display.
             * @example teapots
             */
            name?: string;
        };
        /** @description Images of a class, for prior preservation. */
        ClassSet: {
            /**
             * Format: uuid
             * @description Class set id.
             * @example 0199f3a1-7d2e-7f60-9b7c-8d9e0f1a2b3c
             */
            id?: string;
            /**
             * @description Always "class_set".
             * @example class_set
             */
            object?: string;
            /**
             * @description Name to display.
             * @example teapots
             */
            name?: string;
            /**
             * Format: int32
             * @description Number of images.
             * @example 197
             */
            images?: number;
            /**
             * Format: int32
             * @description Number of images with a caption.
             * @example 0
             */
            captions?: number;
            /**
             * @description Names of uploaded files that were left out, because the set already had the same image.
             * @example [
             *       "teapot-1 (copy).jpg"
             *     ]
             */
            duplicates?: string[];
            /**
             * Format: date-time
             * @description Upload time.
             * @example 2026-01-31T12:03:20.123456Z
             */
            created_at?: string;
            urls?: components["schemas"]["ClassSetUrls"];
        };
        /** @description URLs of a class set. */
        ClassSetUrls: {
            /**
             * Format: uri
             * @description URL of the class set.
             * @example http://localhost:8080/v1/class-sets/0199f3a1-7d2e-7f60-9b7c-8d9e0f1a2b3c
             */
            get?: string;
            /**
             * Format: uri
             * @description URL of the list of its images.
             * @example http://localhost:8080/v1/class-sets/0199f3a1-7d2e-7f60-9b7c-8d9e0f1a2b3c/images
             */
            images?: string;
        };
        /** @description Properties of a new API key. */
        ApiKeyRequest: {
            /**
             * @description Name to display.
             * @example shop backend
             */
            name?: string;
            /**
             * @description Owner of the resources that the key can access: visible ASCII characters. Keys with the same owner share resources. oidc|<sub> is the subject of an OpenID Connect token.
             * @example shop
             */
            owner?: string;
            /**
             * @description Permissions. Defaults to read and write.
             * @example [
             *       "read",
             *       "write"
             *     ]
             */
            scopes?: (string | null)[] | null;
            /**
             * Format: date-time
             * @description Expiry time. Omit for a key that never expires.
             * @example 2027-01-31T12:00:00Z
             */
            expires_at?: string | null;
        };
        /** @description An API key. */
        ApiKey: {
            /**
             * Format: uuid
             * @description API key id.
             * @example 0199f3d4-5e6f-4a7b-8c9d-0e1f2a3b4c5d
             */
            id?: string;
            /**
             * @description Always "api_key".
             * @example api_key
             */
            object?: string;
            /**
             * @description Name to display.
             * @example shop backend
             */
            name?: string;
            /**
             * @description First characters of the key, after lk_.
             * @example x3k9a0q2m7pd
             */
            prefix?: string;
            /**
             * @description Owner of the resources that the key can access.
             * @example shop
             */
            owner?: string;
            /**
             * @description Permissions.
             * @example [
             *       "read",
             *       "write"
             *     ]
             */
            scopes?: string[];
            /**
             * Format: date-time
             * @description Creation time.
             * @example 2026-01-31T12:00:00Z
             */
            created_at?: string;
            /**
             * Format: date-time
             * @description Expiry time. Null if the key never expires.
             * @example 2027-01-31T12:00:00Z
             */
            expires_at?: string | null;
            /**
             * Format: date-time
             * @description Time of revocation. Null if not revoked.
             * @example 2026-02-28T12:00:00Z
             */
            revoked_at?: string | null;
            /**
             * Format: date-time
             * @description Time of last use, to the minute. Null if never used.
             * @example 2026-01-31T12:05:00Z
             */
            last_used_at?: string | null;
            /**
             * @description The key itself. Only in the response that creates it.
             * @example lk_x3k9a0q2m7pd_mZ5l1Yc8b0VtE4uRk2qNfXhJ6wPsDgA9oiTzBvC7LeQ
             */
            key?: string;
        };
        /** @description An adapter file, and its base model. */
        AdapterForm: {
            /**
             * Format: binary
             * @description A .safetensors file with tensor names of diffusers, peft, kohya or A1111.
             * @example cHl0b3JjaF9sb3JhX3dlaWdodHMuc2FmZXRlbnNvcnM=
             */
            file: string;
            /**
             * @description Name to display. Defaults to the file name.
             * @example watercolour
             */
            name?: string;
            /**
             * @description Base model id. Defaults to the default model of jobs.
             * @example likeness/tiny-world
             */
            model?: string;
            /**
             * @description Placeholder token for embeddings. Defaults to the token in the file, else to the name. Not allowed for a LoRA.
             * @example <my-owl>
             */
            placeholder?: string;
        };
        /** @description An uploaded LoRA or uploaded embeddings. */
        Adapter: {
            /**
             * Format: uuid
             * @description Adapter id.
             * @example 0199f3c4-2b3c-7d4e-8f5a-6b7c8d9e0f1a
             */
            id?: string;
            /**
             * @description Always "adapter".
             * @example adapter
             */
            object?: string;
            /**
             * @description Name to display.
             * @example watercolour
             */
            name?: string;
            /**
             * Format: date-time
             * @description Upload time.
             * @example 2026-01-31T12:03:20.123456Z
             */
            created_at?: string;
            /**
             * Format: uri
             * @description URL of the file.
             * @example http://localhost:8080/v1/adapters/0199f3c4-2b3c-7d4e-8f5a-6b7c8d9e0f1a/file
             */
            url?: string;
            /**
             * @description Base model id.
             * @example likeness/tiny-world
             */
            model?: string;
            /**
             * @description lora or embedding.
             * @example lora
             */
            kind?: components["schemas"]["AdapterKind"];
            /**
             * @description Convention of the tensor names.
             * @example diffusers
             */
            format?: components["schemas"]["AdapterFormat"];
            /**
             * Format: int32
             * @description Rank of the LoRA, the largest over its layers. Null for embeddings.
             * @example 16
             */
            rank?: number | null;
            /**
             * @description Layers of the LoRA: attention only, linear layers only, or others too. Null for embeddings.
             * @example attention
             */
            targets?: components["schemas"]["AdapterTargets"];
            /**
             * @description Number of LoRA layers per part of the model. Empty for embeddings.
             * @example {
             *       "unet": 128,
             *       "text_encoder": 72
             *     }
             */
            layers?: {
                [key: string]: number;
            };
            /**
             * @description Kinds of the layers' changes. Empty for embeddings, and for adapters that an earlier release has read.
             * @example [
             *       "lora"
             *     ]
             */
            algorithms?: components["schemas"]["LoraAlgorithm"][];
            /**
             * @description Whether layers have norms (DoRA).
             * @example false
             */
            dora?: boolean;
            /**
             * @description Text encoders that the adapter changes.
             * @example [
             *       "text_encoder"
             *     ]
             */
            towers?: string[];
            /**
             * @description Placeholder token of the embeddings. Null for a LoRA, and for a file with several tokens.
             * @example <my-owl>
             */
            placeholder?: string | null;
            /**
             * Format: int32
             * @description Number of embeddings of the placeholder token. Null for a LoRA, and for a file with several tokens.
             * @example 4
             */
            vectors?: number | null;
            /**
             * @description Further tokens that prompts can use: those of a LoRA with embeddings, or of a file with several tokens.
             * @example [
             *       "<style>"
             *     ]
             */
            words?: string[];
            /**
             * @description Text encoders whose output for the token is replaced, as in OneTrainer's output embeddings. Empty if the encoder computes the output.
             * @example [
             *       "text_encoder"
             *     ]
             */
            output_towers?: string[];
            /**
             * @description Name of the file.
             * @example watercolour.safetensors
             */
            file_name?: string;
            /**
             * Format: int64
             * @description Size in bytes.
             * @example 3227464
             */
            size?: number;
            /**
             * @description SHA-256 of the file, hexadecimal.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            sha256?: string;
        };
        /** @description What to change of a task. All fields are optional. */
        TaskChange: {
            /**
             * @description Labels to set. Null removes a label.
             * @example {
             *       "env": "prod"
             *     }
             */
            labels?: {
                [key: string]: string;
            };
            /**
             * Format: int32
             * @description Priority in the queue, -10 to 10. More than 0 requires the scope admin. Not possible after the task is final.
             * @example -1
             */
            priority?: number;
        };
        /** @description A worker process. */
        Worker: {
            /**
             * Format: uuid
             * @description Worker id. A restarted worker has another one.
             * @example 0199f39e-1a2b-7c3d-8e4f-5a6b7c8d9e0f
             */
            id?: string;
            /**
             * @description Always "worker".
             * @example worker
             */
            object?: string;
            state?: components["schemas"]["WorkerState"];
            task?: components["schemas"]["WorkerTask"];
            /**
             * @description Device of its computations, in PyTorch's naming.
             * @example cuda:0
             */
            device?: string;
            /**
             * Format: int64
             * @description Total memory of the device in bytes.
             * @example 25769803776
             */
            memory_bytes?: number;
            /**
             * Format: int64
             * @description Memory in bytes that a task may use on the device, as of last_seen_at.
             * @example 24696061952
             */
            task_memory_bytes?: number;
            /**
             * @description Version of the worker's software.
             * @example 1.2.3
             */
            version?: string;
            engine_check?: components["schemas"]["WorkerEngineCheck"];
            /**
             * @description What the engine's self-check compared, or why it failed. Null without a result.
             * @example 57 operators agree with fp64 in fp32
             */
            engine_summary?: string | null;
            /**
             * @description Safer setting with which the engine passes its self-check. Null if it needs none.
             * @example DNNL_MAX_CPU_ISA=AVX2
             */
            engine_setting?: string | null;
            /**
             * Format: date-time
             * @description Start time of the process.
             * @example 2026-01-31T11:40:00.123456Z
             */
            started_at?: string;
            /**
             * Format: date-time
             * @description Time of its last heartbeat.
             * @example 2026-01-31T12:00:00.123456Z
             */
            last_seen_at?: string;
        };
        /** @description The workers of the installation. */
        Workers: {
            /** @description Workers, oldest first. */
            results?: components["schemas"]["Worker"][];
        };
        /** @description One page of deliveries, newest first. */
        DeliveryPage: {
            /** @description Deliveries of the page. */
            results?: components["schemas"]["Delivery"][];
            /**
             * Format: uri
             * @description URL of the page with older deliveries. Null on the last page.
             * @example http://localhost:8080/v1/webhooks?limit=20&cursor=bzE3
             */
            next?: string | null;
            /**
             * Format: uri
             * @description URL of the page with newer deliveries. Null on the first page.
             * @example http://localhost:8080/v1/webhooks?limit=20&cursor=bjE3
             */
            previous?: string | null;
        };
        /** @description One page of subjects, newest first. */
        SubjectPage: {
            /** @description Subjects of the page. */
            results?: components["schemas"]["Subject"][];
            /**
             * Format: uri
             * @description URL of the page with older subjects. Null on the last page.
             * @example http://localhost:8080/v1/subjects?limit=20&cursor=bzE3
             */
            next?: string | null;
            /**
             * Format: uri
             * @description URL of the page with newer subjects. Null on the first page.
             * @example http://localhost:8080/v1/subjects?limit=20&cursor=bjE3
             */
            previous?: string | null;
        };
        /** @description One page of jobs, newest first. */
        JobPage: {
            /** @description Jobs of the page. */
            results?: components["schemas"]["Job"][];
            /**
             * Format: uri
             * @description URL of the page with older jobs. Null on the last page.
             * @example http://localhost:8080/v1/jobs?limit=20&cursor=bzE3
             */
            next?: string | null;
            /**
             * Format: uri
             * @description URL of the page with newer jobs. Null on the first page.
             * @example http://localhost:8080/v1/jobs?limit=20&cursor=bjE3
             */
            previous?: string | null;
        };
        /** @description A named list of prompts to score checkpoints with. */
        PromptList: {
            /**
             * @description Prompt list id, for prompt_list in the section evaluation of a job's spec.
             * @example live
             */
            id?: string;
            /**
             * @description Always "prompt_list".
             * @example prompt_list
             */
            object?: string;
            /**
             * @description Text to display.
             * @example Animals and people.
             */
            description?: string;
            /**
             * @description Class words that select this list if prompt_list is "auto".
             * @example [
             *       "dog"
             *     ]
             */
            class_words?: string[];
            /**
             * @description Prompts by kind.
             * @example {
             *       "accessory": [
             *         "a {subject} wearing a straw hat"
             *       ]
             *     }
             */
            kinds?: {
                [key: string]: string[];
            };
        };
        /** @description All prompt lists. */
        PromptLists: {
            /** @description Prompt lists, by id. */
            results?: components["schemas"]["PromptList"][];
        };
        /** @description Named defaults for the spec of a job. */
        Preset: {
            /**
             * @description Preset id, for the field preset of a spec.
             * @example tiny-world-fast
             */
            id?: string;
            /**
             * @description Always "preset".
             * @example preset
             */
            object?: string;
            /**
             * @description Text to display.
             * @example For trying things out.
             */
            description?: string;
            /**
             * @description Base model id that the preset was made for.
             * @example likeness/tiny-world
             */
            model?: string;
            /**
             * @description Whether that base model is available.
             * @example true
             */
            available?: boolean;
            /**
             * @description Settings that the preset supplies.
             * @example {
             *       "training": {
             *         "steps": 150
             *       }
             *     }
             */
            spec?: {
                [key: string]: unknown;
            };
        };
        /** @description All presets. */
        Presets: {
            /** @description Presets, by id. */
            results?: components["schemas"]["Preset"][];
        };
        /** @description A base model. */
        Model: {
            /**
             * @description Base model id, for the field model of a spec.
             * @example likeness/tiny-world
             */
            id?: string;
            /**
             * @description Always "model".
             * @example model
             */
            object?: string;
            /**
             * @description Text to display.
             * @example A small model of emoji-like objects.
             */
            description?: string;
            /**
             * @description Where the model comes from.
             * @example bundled
             */
            source?: components["schemas"]["ModelSource"];
            /**
             * @description Availability on the server. ready: all files are present. remote: the model is downloaded when a job first needs it, and its properties are unknown until then, except for configured ones. downloading: files are being downloaded. failed: the model cannot be used, see status_reason.
             * @example ready
             */
            status?: components["schemas"]["ModelStatus"];
            /**
             * @description Reason for the failure. Null unless failed.
             * @example acme/sd-1.5 is gated: accept its terms at the hub, and set likeness.hub.token
             */
            status_reason?: string | null;
            /**
             * @description Commit of the model's repository. Null without a repository.
             * @example 39593d5650112b4cc580433f6b0435385882d819
             */
            commit?: string | null;
            download?: components["schemas"]["ModelDownload"];
            /**
             * @description Class name of the diffusers pipeline.
             * @example StableDiffusionPipeline
             */
            pipeline?: string | null;
            /**
             * Format: int32
             * @description Native picture side in pixels.
             * @example 64
             */
            resolution?: number | null;
            /**
             * Format: int32
             * @description Width and height must be multiples of this number of pixels.
             * @example 16
             */
            size_multiple?: number | null;
            /**
             * @description Whether jobs without a model use this one.
             * @example true
             */
            is_default?: boolean;
            /**
             * @description The model's defaults for the spec of a job.
             * @example {
             *       "training": {
             *         "steps": 400
             *       }
             *     }
             */
            defaults?: {
                [key: string]: unknown;
            };
        };
        /** @description All base models. */
        Models: {
            /** @description Base models, by id. */
            results?: components["schemas"]["Model"][];
        };
        /** @description A word that can stand for a subject. */
        Identifier: {
            /**
             * @description The word.
             * @example sks
             */
            identifier?: string;
            /**
             * @description Tokens of the word in the model's vocabulary.
             * @example [
             *       "s",
             *       "ks</w>"
             *     ]
             */
            tokens?: string[];
            /**
             * Format: int32
             * @description Number of tokens. 1 is best.
             * @example 2
             */
            token_count?: number;
            /**
             * @description Whether a job with this identifier would be refused.
             * @example false
             */
            refused?: boolean;
            /**
             * @description Reason for the refusal. Null if not refused.
             * @example must not be the class word, or a word of it
             */
            reason?: string | null;
            /**
             * @description Reasons why the identifier may work badly. Can be empty.
             * @example [
             *       "has 2 tokens in this model's vocabulary (s, ks); a word with one token is easier to learn"
             *     ]
             */
            warnings?: string[];
        } | null;
        /** @description Words that can stand for a subject. */
        Identifiers: {
            /**
             * @description Base model id.
             * @example likeness/tiny-world
             */
            model?: string;
            /** @description Suggestions, best first. A job without an identifier uses the first one, unless its preset or base model sets one. */
            results?: components["schemas"]["Identifier"][];
            /** @description Check of the proposed identifier. Null if none was proposed. */
            check?: components["schemas"]["IdentifierCheck"];
        };
        /** @description Suggested class words. */
        ClassWords: {
            /**
             * @description Base model id.
             * @example likeness/tiny-world
             */
            model?: string;
            /**
             * @description Words, the commonest first.
             * @example [
             *       "team",
             *       "tea",
             *       "teach"
             *     ]
             */
            results?: string[];
        };
        /** @description Webhook deliveries of a job. */
        Deliveries: {
            /** @description Deliveries, newest first. */
            results?: components["schemas"]["Delivery"][];
        };
        /** @description Scores of a job. */
        Scores: {
            /** @description The scores. */
            results?: components["schemas"]["Score"][];
        };
        /** @description Images of a job. */
        Images: {
            /** @description The images. */
            results?: components["schemas"]["Image"][];
        };
        /** @description One page of generations, newest first. */
        GenerationPage: {
            /** @description Generations of the page. */
            results?: components["schemas"]["Generation"][];
            /**
             * Format: uri
             * @description URL of the page with older generations. Null on the last page.
             * @example http://localhost:8080/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/generations?limit=20&cursor=bzE3
             */
            next?: string | null;
            /**
             * Format: uri
             * @description URL of the page with newer generations. Null on the first page.
             * @example http://localhost:8080/v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60/generations?limit=20&cursor=bjE3
             */
            previous?: string | null;
        };
        /** @description A scored checkpoint: trained weights after one step. */
        Checkpoint: {
            /**
             * @description Always "checkpoint".
             * @example checkpoint
             */
            object?: string;
            /**
             * Format: int32
             * @description Training step.
             * @example 300
             */
            step?: number;
            /**
             * @description Whether this checkpoint is the job's result.
             * @example true
             */
            chosen?: boolean;
            /**
             * Format: date-time
             * @description Creation time.
             * @example 2026-01-31T12:02:10.123456Z
             */
            created_at?: string;
            /** @description Scores of the checkpoint's images. */
            scores?: components["schemas"]["Score"][];
            /** @description Images of the checkpoint: of the subject, and of the class. */
            images?: components["schemas"]["Image"][];
            /** @description The raw weights of the step, of a job whose checkpoints are averages (EMA). Null without an average. */
            raw?: components["schemas"]["RawWeights"];
        };
        /** @description Scored checkpoints of a job. */
        Checkpoints: {
            /** @description Checkpoints, by step. */
            results?: components["schemas"]["Checkpoint"][];
        };
        /** @description What was trained itself, beside its average. */
        RawWeights: {
            /** @description Scores of the images of the raw weights. Empty until they are scored. */
            scores?: components["schemas"]["Score"][];
            /** @description Images that the raw weights were scored with. */
            images?: components["schemas"]["Image"][];
        } | null;
        /** @description An exported file of a job. */
        Artifact: {
            /**
             * Format: uuid
             * @description Artifact id.
             * @example 0199f3a2-77aa-7c01-9d2e-2f6b8c9d0e1f
             */
            id?: string;
            /**
             * @description Always "artifact".
             * @example artifact
             */
            object?: string;
            /**
             * @description Content of the file.
             * @example lora
             */
            kind?: components["schemas"]["ArtifactKind"];
            /**
             * @description Convention of the file: the programs that load it.
             * @example diffusers
             */
            format?: components["schemas"]["ArtifactFormat"];
            /**
             * @description Programs that load the file, and how. Says which file to prefer among files with the same content.
             * @example The LoRA in diffusers' tensor names, for load_lora_weights. Loads with transformers 4 and 5.
             */
            description?: string;
            /**
             * @description Name of the file.
             * @example pytorch_lora_weights.safetensors
             */
            file_name?: string;
            /**
             * Format: int64
             * @description Size in bytes.
             * @example 812345
             */
            size?: number;
            /**
             * @description SHA-256 of the file, hexadecimal.
             * @example 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
             */
            sha256?: string;
            /**
             * Format: uri
             * @description URL of the file.
             * @example http://localhost:8080/v1/artifacts/0199f3a2-77aa-7c01-9d2e-2f6b8c9d0e1f
             */
            url?: string;
            /**
             * Format: int32
             * @description Training step of the weights.
             * @example 400
             */
            step?: number;
            /**
             * Format: date-time
             * @description Creation time.
             * @example 2026-01-31T12:03:20.123456Z
             */
            created_at?: string;
        };
        /** @description Artifacts of a job. */
        Artifacts: {
            /** @description The artifacts. */
            results?: components["schemas"]["Artifact"][];
        };
        /** @description One page of evaluations, newest first. */
        EvaluationPage: {
            /** @description Evaluations of the page. */
            results?: components["schemas"]["EvaluationRun"][];
            /**
             * Format: uri
             * @description URL of the page with older evaluations. Null on the last page.
             * @example http://localhost:8080/v1/evaluations?limit=20&cursor=bzE3
             */
            next?: string | null;
            /**
             * Format: uri
             * @description URL of the page with newer evaluations. Null on the first page.
             * @example http://localhost:8080/v1/evaluations?limit=20&cursor=bjE3
             */
            previous?: string | null;
        };
        /** @description One page of class sets, newest first. */
        ClassSetPage: {
            /** @description Class sets of the page. */
            results?: components["schemas"]["ClassSet"][];
            /**
             * Format: uri
             * @description URL of the page with older class sets. Null on the last page.
             * @example http://localhost:8080/v1/class-sets?limit=20&cursor=bzE3
             */
            next?: string | null;
            /**
             * Format: uri
             * @description URL of the page with newer class sets. Null on the first page.
             * @example http://localhost:8080/v1/class-sets?limit=20&cursor=bjE3
             */
            previous?: string | null;
        };
        /** @description An image of a class set. */
        ClassImage: {
            /**
             * Format: int32
             * @description Position in the set, from 0.
             * @example 0
             */
            position?: number;
            /**
             * @description Name of the uploaded file.
             * @example teapot-1.jpg
             */
            file_name?: string;
            /**
             * @description Format of the uploaded file.
             * @example jpeg
             */
            format?: string;
            /**
             * Format: int32
             * @description Width in pixels.
             * @example 512
             */
            width?: number;
            /**
             * Format: int32
             * @description Height in pixels.
             * @example 512
             */
            height?: number;
            /**
             * @description Prompt of the image in training. Null for the prior prompt of the job.
             * @example a white teapot on a table
             */
            caption?: string | null;
            /**
             * Format: uri
             * @description Signed URL of the image.
             * @example http://localhost:8080/v1/class-sets/0199f3a1-7d2e-7f60-9b7c-8d9e0f1a2b3c/images/0?key=a&expires=1&signature=b
             */
            url?: string;
            /**
             * Format: uri
             * @description Signed URL of a small copy.
             * @example http://localhost:8080/v1/class-sets/0199f3a1-7d2e-7f60-9b7c-8d9e0f1a2b3c/images/0/thumbnail?key=a&expires=1&signature=b
             */
            thumbnail_url?: string;
        };
        /** @description One page of the images of a class set, in their order. */
        ClassImagePage: {
            /** @description Images of the page. */
            results?: components["schemas"]["ClassImage"][];
            /**
             * Format: uri
             * @description URL of the next page. Null on the last page.
             * @example http://localhost:8080/v1/class-sets/0199f3a1-7d2e-7f60-9b7c-8d9e0f1a2b3c/images?limit=20&after=19
             */
            next?: string | null;
        };
        /** @description All API keys. */
        ApiKeys: {
            /** @description API keys, newest first. */
            results?: components["schemas"]["ApiKey"][];
        };
        /** @description One page of adapters, newest first. */
        AdapterPage: {
            /** @description Adapters of the page. */
            results?: components["schemas"]["Adapter"][];
            /**
             * Format: uri
             * @description URL of the page with older adapters. Null on the last page.
             * @example http://localhost:8080/v1/adapters?limit=20&cursor=bzE3
             */
            next?: string | null;
            /**
             * Format: uri
             * @description URL of the page with newer adapters. Null on the first page.
             * @example http://localhost:8080/v1/adapters?limit=20&cursor=bjE3
             */
            previous?: string | null;
        };
        /** @description An invalid field. */
        FieldProblem: {
            /**
             * @description Path of the field, outermost name first. List indices are decimal numbers.
             * @example [
             *       "spec",
             *       "training",
             *       "steps"
             *     ]
             */
            loc?: string[];
            /**
             * @description What is wrong, to display.
             * @example must be greater than or equal to 1
             */
            msg?: string;
            /**
             * @description Machine-readable kind of error.
             * @example greater_than_equal
             */
            type?: string;
            /**
             * @description Parameters of the rule that failed. Omitted if there are none.
             * @example {
             *       "value": 1
             *     }
             */
            ctx?: {
                [key: string]: unknown;
            };
        };
        /** @description An error, in the format of RFC 9457. */
        Problem: {
            /**
             * Format: uri
             * @description URI of the kind of problem. Never changes.
             * @example urn:likeness:problem:not-found
             */
            type?: string;
            /**
             * @description Kind of problem, to display.
             * @example Not found
             */
            title?: string;
            /**
             * Format: int32
             * @description HTTP status.
             * @example 404
             */
            status?: number;
            /**
             * @description What happened, why, and what to do.
             * @example There is no job 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60.
             */
            detail?: string;
            /**
             * Format: uri-reference
             * @description Path of the request.
             * @example /v1/jobs/0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
             */
            instance?: string;
            /**
             * @description Machine-readable kind of problem.
             * @example not_found
             */
            code?: string;
            /** @description Invalid fields. Omitted if the problem is not about a field. */
            errors?: components["schemas"]["FieldProblem"][];
            /**
             * Format: int64
             * @description Memory in bytes that a task can use on the largest device. Only with plan_does_not_fit.
             * @example 8000000000
             */
            device_bytes?: number;
            /** @description Plans that do not fit, the smallest last. Only with plan_does_not_fit. */
            plans?: components["schemas"]["TriedPlan"][];
        };
        /** @description A memory plan that does not fit. */
        TriedPlan: {
            /**
             * @description Memory savings of the plan, to display. Empty for the job as submitted.
             * @example [
             *       "gradient checkpointing: activations are computed twice instead of kept"
             *     ]
             */
            economies?: string[];
            /**
             * Format: int64
             * @description Planned peak memory in bytes.
             * @example 17400000000
             */
            planned_bytes?: number;
        };
        /**
         * @description Kind of adapter.
         * @enum {string}
         */
        AdapterKind: "lora" | "embedding";
        /**
         * @description Convention of the tensor names.
         * @enum {string}
         */
        AdapterFormat: "diffusers" | "peft" | "kohya" | "a1111";
        /**
         * @description Layers of the LoRA: attention only, linear layers only, or others too. Null for embeddings.
         * @enum {string|null}
         */
        AdapterTargets: "attention" | "linear" | "all" | null;
        /**
         * @description Kind of the adapters. lora: a product of low rank. loha: a Hadamard product of two of them. lokr: a Kronecker product.
         * @enum {string}
         */
        LoraAlgorithm: "lora" | "loha" | "lokr";
        /**
         * @description info: for information. warning: the result is worse than it could be.
         * @enum {string}
         */
        Severity: "info" | "warning";
        /**
         * @description Content of the file.
         * @enum {string}
         */
        ArtifactKind: "lora" | "embedding" | "model" | "config" | "report";
        /**
         * @description Convention of the file: the programs that load it.
         * @enum {string}
         */
        ArtifactFormat: "diffusers" | "kohya" | "a1111" | "json" | "html";
        /**
         * @description Source of the caption: blip, BLIP in free text; clip, the base model's CLIP with word lists; user, a client.
         * @enum {string}
         */
        CaptionOrigin: "blip" | "clip" | "user";
        /**
         * @description Event that a webhook receives. start: a worker begins. progress: the task has advanced. completed: the task is final.
         * @enum {string}
         */
        WebhookEvent: "start" | "progress" | "completed";
        /**
         * @description How BLIP decodes: greedy, or beam search.
         * @enum {string}
         */
        CaptionMode: "greedy" | "beam";
        /**
         * @description Status of a task. succeeded, failed and canceled are final.
         * @enum {string}
         */
        TaskStatus: "queued" | "starting" | "processing" | "succeeded" | "failed" | "canceled";
        /** @description Reason for a failure. */
        Failure: {
            /**
             * @description Kind of failure. out_of_memory: the worker ran out of memory. plan_does_not_fit: the task needs more memory than its worker has. invalid_model: the base model is incomplete, damaged or not supported, or cannot caption. model_unavailable: the base model could not be downloaded. nan_loss: the loss was no longer a number. worker_lost: three workers ended unexpectedly during the task. timed_out: reserved, does not occur. storage: the artifact store failed. internal: an unexpected error, see the worker's log.
             * @example nan_loss
             */
            code?: components["schemas"]["ErrorCode"];
            /**
             * @description What happened, to display.
             * @example the loss was no longer a number at step 12; first not finite: the output of unet.conv_in
             */
            message?: string;
            /**
             * @description Whether the same request can succeed if it is sent again.
             * @example false
             */
            retryable?: boolean;
        } | null;
        /**
         * @description Kind of failure. out_of_memory: the worker ran out of memory. plan_does_not_fit: the task needs more memory than its worker has. invalid_model: the base model is incomplete, damaged or not supported, or cannot caption. model_unavailable: the base model could not be downloaded. nan_loss: the loss was no longer a number. worker_lost: three workers ended unexpectedly during the task. timed_out: reserved, does not occur. storage: the artifact store failed. internal: an unexpected error, see the worker's log.
         * @enum {string}
         */
        ErrorCode: "out_of_memory" | "plan_does_not_fit" | "invalid_model" | "model_unavailable" | "nan_loss" | "worker_lost" | "timed_out" | "storage" | "internal";
        /**
         * @description Why a cancellation was requested. request: by a client. deadline: the task was not final at its deadline.
         * @enum {string|null}
         */
        CancelReason: "request" | "deadline" | null;
        /**
         * @description Kind of task.
         * @enum {string}
         */
        TaskKind: "job" | "generation" | "captions" | "evaluation";
        /**
         * @description Event type.
         * @enum {string}
         */
        DeliveryEvent: "job.started" | "job.progress" | "job.succeeded" | "job.failed" | "job.canceled" | "generation.started" | "generation.progress" | "generation.succeeded" | "generation.failed" | "generation.canceled" | "captions.started" | "captions.progress" | "captions.succeeded" | "captions.failed" | "captions.canceled" | "evaluation.started" | "evaluation.progress" | "evaluation.succeeded" | "evaluation.failed" | "evaluation.canceled";
        /**
         * @description pending: the next attempt is due at next_attempt_at. delivered: the receiver returned 2xx. failed: all attempts failed. disabled: the receiver returned 410, so it gets no further deliveries.
         * @enum {string}
         */
        DeliveryStatus: "pending" | "delivered" | "failed" | "disabled";
        /**
         * @description Reason why the last attempt failed. Null if it succeeded.
         * @enum {string|null}
         */
        DeliveryError: "unknown_host" | "private_address" | "connection_failed" | "tls_failed" | "timed_out" | "http_status" | null;
        /**
         * @description Machine-readable name.
         * @enum {string}
         */
        EconomyName: "single_images" | "gradient_checkpointing" | "batch_of_one" | "eight_bit_optimizer" | "frozen_text";
        /**
         * @description Which checkpoint becomes the result: the best by score, or the last.
         * @enum {string}
         */
        KeptWeights: "best" | "last";
        /**
         * @description Metric that ranks checkpoints.
         * @enum {string}
         */
        DecidingScore: "clip_i" | "clip_t" | "dino";
        /**
         * @description Sampler.
         * @enum {string}
         */
        Sampler: "ddim" | "pndm" | "ddpm" | "euler" | "euler_karras" | "euler_ancestral" | "dpmpp_2m" | "dpmpp_2m_karras" | "dpmpp_2m_sde_karras" | "unipc" | "lms" | "heun";
        /**
         * @description What weights in prompts do. Null uses each job's own sampling settings.
         * @enum {string|null}
         */
        EvaluationSpecPromptWeighting: "a1111" | "compel" | "none" | null;
        /**
         * @description crop: the loss on a resized crop of the face with margin. mask: the loss on the face's region of the whole picture.
         * @enum {string}
         */
        FaceRegion: "crop" | "mask";
        /**
         * @description raw: what was trained itself. ema: its exponential moving average.
         * @enum {string|null}
         */
        WeightsKind: "raw" | "ema" | null;
        /** @description Check of a proposed identifier. */
        IdentifierCheck: {
            /**
             * @description The word.
             * @example sks
             */
            identifier?: string;
            /**
             * @description Tokens of the word in the model's vocabulary.
             * @example [
             *       "s",
             *       "ks</w>"
             *     ]
             */
            tokens?: string[];
            /**
             * Format: int32
             * @description Number of tokens. 1 is best.
             * @example 2
             */
            token_count?: number;
            /**
             * @description Whether a job with this identifier would be refused.
             * @example false
             */
            refused?: boolean;
            /**
             * @description Reason for the refusal. Null if not refused.
             * @example must not be the class word, or a word of it
             */
            reason?: string | null;
            /**
             * @description Reasons why the identifier may work badly. Can be empty.
             * @example [
             *       "has 2 tokens in this model's vocabulary (s, ks); a word with one token is easier to learn"
             *     ]
             */
            warnings?: string[];
        } | null;
        /**
         * @description result: generated with the trained weights. before: generated by the base model with the class prompt. class: generated with the trained weights and the class prompt. preview: generated during training. evaluation: generated to score a checkpoint. raw_class, raw_evaluation: the same as class and evaluation, with the raw weights of a job with an average. contact_sheet: an overview of the images.
         * @enum {string}
         */
        ImageRole: "result" | "before" | "class" | "evaluation" | "raw_class" | "raw_evaluation" | "preview" | "contact_sheet";
        /**
         * @description Format of an image file. png has the exact pixels, jpeg and webp are lossy.
         * @enum {string}
         */
        ImageFormat: "jpeg" | "png" | "webp";
        /** @description Everything that an image was generated with. */
        Recipe: {
            /**
             * @description Prompt, with placeholders filled in.
             * @example a photo of a sks bird on the beach
             */
            prompt?: string;
            /**
             * @description Negative prompt.
             * @example blurry
             */
            negative_prompt?: string;
            /**
             * Format: int64
             * @description Seed of this image.
             * @example 4
             */
            seed?: number;
            /**
             * @description Sampler.
             * @example ddim
             */
            sampler?: string;
            /**
             * Format: int32
             * @description Sampler steps.
             * @example 30
             */
            steps?: number;
            /**
             * Format: double
             * @description Classifier-free guidance scale.
             * @example 5
             */
            guidance?: number;
            /**
             * @description Noise levels where guidance acts, above the first and up to the second, as sigma = sqrt((1 - alpha-bar) / alpha-bar). Elsewhere each step needs half of the computation, and the prompt alone predicts. Omitted if guidance acted everywhere.
             * @example [
             *       0.28,
             *       5.42
             *     ]
             */
            guidance_interval?: number[];
            /**
             * Format: double
             * @description Share of the guided prediction that is rescaled to the standard deviation of the prediction with the prompt, against overexposed images. 0 disables it. Omitted if 0.
             * @example 0.7
             */
            guidance_rescale?: number;
            /**
             * Format: double
             * @description Eta of DDIM.
             * @example 0
             */
            eta?: number;
            /**
             * Format: int32
             * @description Width in pixels.
             * @example 64
             */
            width?: number;
            /**
             * Format: int32
             * @description Height in pixels.
             * @example 64
             */
            height?: number;
            /**
             * Format: int32
             * @description Layers at the end of each text encoder that its states skip, counted as in diffusers. 0 uses the layers that the model was trained with; n is Clip skip n + 1 in stable-diffusion-webui.
             * @example 0
             */
            clip_skip?: number;
            /**
             * @description What weights such as (word:1.3) do. a1111: the weighting of stable-diffusion-webui, which keeps the mean of the text states. compel: the one of the library compel, which diffusers recommends. none: brackets are text.
             * @example a1111
             */
            prompt_weighting?: string;
            /**
             * @description SHA-256 of the base model, hexadecimal.
             * @example 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae
             */
            model_hash?: string;
            /**
             * Format: double
             * @description Scale of the job's own LoRA in the UNet.
             * @example 1
             */
            lora_unet_scale?: number;
            /**
             * Format: double
             * @description Scale of the job's own LoRA in the text encoders.
             * @example 1
             */
            lora_text_scale?: number;
            /**
             * @description Whether adapters were added to copies of the weights.
             * @example true
             */
            fused?: boolean;
            /** @description Adapters merged with the job's own weights. Empty if none. */
            adapters?: components["schemas"]["RecipeAdapter"][];
        } | null;
        /**
         * @description Prompts for the training pictures. object, style and face use the paper's templates, one at random per picture. none uses the instance prompt only.
         * @enum {string}
         */
        PromptTemplates: "object" | "style" | "face" | "none";
        /**
         * @description Momentum only: how v_star changes. anchor: not at all. ema: it follows v_train as an exponential moving average.
         * @enum {string}
         */
        MomentumMode: "anchor" | "ema";
        /** @description The job whose training this job continues. */
        Continuation: {
            /**
             * Format: uuid
             * @description Id of the job. Null after it was deleted.
             * @example 01a1fe02-2c12-7628-b44f-4a7aa73c2524
             */
            job_id?: string | null;
            /**
             * Format: int32
             * @description Training step of that job after which this job continues.
             * @example 300
             */
            step?: number;
        } | null;
        /**
         * @description Current phase. Null unless a worker runs the job.
         * @enum {string|null}
         */
        JobPhase: "preparing" | "prior_images" | "training" | "sampling" | "evaluating" | "exporting" | null;
        /** @description Planned memory on the device, and the memory savings that make the job fit. */
        MemoryPlan: {
            /**
             * Format: int64
             * @description Planned peak memory in bytes.
             * @example 6300000000
             */
            planned_bytes?: number;
            /**
             * Format: int64
             * @description Memory in bytes that a task can use on the device. Null until a worker is known.
             * @example 8000000000
             */
            device_bytes?: number | null;
            /**
             * @description Device, named as in PyTorch. Null until a worker is known.
             * @example cpu
             */
            device?: string | null;
            /** @description Memory savings, in order. Empty if none is needed. */
            economies?: components["schemas"]["Economy"][];
        } | null;
        /** @description Software that runs the job, and its self-check. */
        JobEngine: {
            /**
             * @description Self-check that the worker passed at startup. It compares operators in each precision with double precision, and the operators of training in fp32. Null if the worker skips it.
             * @example 41 operators agree with fp64 in fp32, bf16, fp16
             */
            check?: string | null;
            /**
             * @description Version of the worker.
             * @example 1.0.0
             */
            worker_version?: string;
            /**
             * @description Library setting, as NAME=value. The worker needs it for correct results, or an operator has set it. Null without such a setting.
             * @example ONEDNN_MAX_CPU_ISA=AVX
             */
            setting?: string | null;
        } | null;
        /** @description The checkpoint that is the job's result. */
        ChosenCheckpoint: {
            /**
             * Format: int32
             * @description Training step.
             * @example 300
             */
            step?: number;
            /**
             * @description How it was chosen. last: the end of training. score: the best score. user: a client's request.
             * @example score
             */
            by?: components["schemas"]["ChosenFor"];
            /**
             * @description Reason, with figures.
             * @example its clip_i of 0.681 is the highest of 4 checkpoints
             */
            reason?: string;
            /**
             * @description Whether the raw weights or their average (EMA) are the result. Null without an average.
             * @example ema
             */
            weights?: components["schemas"]["WeightsKind"];
        } | null;
        /**
         * @description How the checkpoint was chosen. last: the end of training. score: the best score. user: a client's request.
         * @enum {string}
         */
        ChosenFor: "last" | "score" | "user";
        /** @description The state at the end of a job's training: weights, optimizer and step. POST /v1/jobs/{id}/continue needs it. */
        TrainingState: {
            /**
             * Format: int32
             * @description Training step.
             * @example 300
             */
            step?: number;
            /**
             * Format: int64
             * @description Size in bytes.
             * @example 86114304
             */
            size?: number;
            /**
             * @description kept: another job can continue from it. expired: its time is over. over_quota: newer states of the owner needed its space. too_large: larger than the operator allows. not_stored: the operator keeps none, or it could not be stored.
             * @example kept
             */
            status?: components["schemas"]["TrainingStateStatus"];
            /**
             * Format: date-time
             * @description When it is deleted at the latest. Null while the job runs, and if it was not kept.
             * @example 2026-02-07T12:03:30.123456Z
             */
            kept_until?: string | null;
        } | null;
        /**
         * @description Whether a training state is kept.
         * @enum {string}
         */
        TrainingStateStatus: "kept" | "expired" | "over_quota" | "too_large" | "not_stored";
        /**
         * @description Training method. dreambooth: all weights of the UNet. dreambooth_lora: LoRA. textual_inversion: embeddings of a placeholder token. momentum_textual_inversion: the same with momentum. pivotal_tuning: embeddings of a placeholder token, and LoRA.
         * @enum {string}
         */
        TrainingMethod: "dreambooth" | "dreambooth_lora" | "textual_inversion" | "momentum_textual_inversion" | "pivotal_tuning";
        /**
         * @description UNet layers with a LoRA: attention only, all linear layers, or all layers.
         * @enum {string}
         */
        LoraTargets: "attention" | "linear" | "all";
        /**
         * @description Norms that DoRA trains: none, of each output, or of each input.
         * @enum {string}
         */
        LoraDora: "none" | "outputs" | "inputs";
        /**
         * @description Where the model comes from.
         * @enum {string}
         */
        ModelSource: "bundled" | "configured";
        /**
         * @description Availability on the server. ready: all files are present. remote: the model is downloaded when a job first needs it, and its properties are unknown until then, except for configured ones. downloading: files are being downloaded. failed: the model cannot be used, see status_reason.
         * @enum {string}
         */
        ModelStatus: "ready" | "remote" | "downloading" | "failed";
        /** @description Progress of the download of the model's weights. Null if the model is ready or failed, or if the size is not known yet. */
        ModelDownload: {
            /**
             * Format: int64
             * @description Downloaded bytes.
             * @example 1288490188
             */
            bytes?: number;
            /**
             * Format: int64
             * @description Size of all weights in bytes.
             * @example 4265380512
             */
            total_bytes?: number;
        } | null;
        /**
         * @description What weights in prompts do.
         * @enum {string}
         */
        PromptWeighting: "a1111" | "compel" | "none";
        /**
         * @description Scored set. checkpoint: the images that each checkpoint generates for scoring. results: the requested images.
         * @enum {string}
         */
        ScoredImages: "checkpoint" | "raw_checkpoint" | "results";
        /**
         * @description clip_i: similarity of the images to the subject's pictures (better: higher, up to `reference`); clip_t: how well the images show their prompt, without the identifier (better: higher); clip_t_margin: how much better the images show their own prompt than the others (better: higher); dino: similarity of the images to the subject's pictures, in finer detail (better: higher, up to `reference`); detail: how much of the detail of the subject's pictures the images show (better: higher, up to `reference`); colour_shift: how much more saturated the images are than the subject's pictures (better: closer to 0); pres: similarity of the plain class to the subject: what leaked into the class (better: lower); div: how different the images of the plain class are (better: higher).
         * @enum {string}
         */
        ScoreMetric: "clip_i" | "clip_t" | "clip_t_margin" | "dino" | "detail" | "colour_shift" | "pres" | "div";
        /** @description Colours of the images and of the real pictures. */
        ScoreColours: {
            /** @description Colours of the images. */
            generated?: components["schemas"]["Colours"];
            /** @description Colours of the subject's pictures. */
            real?: components["schemas"]["Colours"];
        } | null;
        /** @description What a checkpoint's score says about its weights. */
        ScoreVerdict: {
            /**
             * @description The answer. Likeness (clip_i, dino, detail): same, close, partly, hardly. Prompts (clip_t, clip_t_margin): kept, real (less than the untrained model, and as well as the real pictures), less, lost. Class (pres): clean, leaks. Variety (div): varied, narrow. New words can be added.
             * @example close
             */
            word?: components["schemas"]["ScoreVerdictWord"];
            /**
             * @description good: nothing to improve. weak: the result could be better.
             * @example good
             */
            sign?: components["schemas"]["ScoreVerdictSign"];
            /**
             * @description What the value was compared with. real_pictures: the score's reference. untrained_model: the value of the base model with the class prompt.
             * @example real_pictures
             */
            against?: components["schemas"]["ScoreVerdictAgainst"];
            /**
             * Format: double
             * @description The same metric of the untrained model.
             * @example 0.05
             */
            untrained?: number;
            /**
             * @description Whether the untrained model's value is outside of the score's interval. A value that has not changed cannot be weak, except for likeness.
             * @example true
             */
            changed?: boolean;
            /**
             * Format: double
             * @description Against real_pictures: the share of the distance from the untrained model to them that the value has covered; for the word real, the share of their value. Against untrained_model: the share of its value that is left. Null if that is not defined.
             * @example 0.82
             */
            share?: number | null;
        } | null;
        /**
         * @description The answer. Likeness (clip_i, dino, detail): same, close, partly, hardly. Prompts (clip_t, clip_t_margin): kept, real (less than the untrained model, and as well as the real pictures), less, lost. Class (pres): clean, leaks. Variety (div): varied, narrow. New words can be added.
         * @enum {string}
         */
        ScoreVerdictWord: "same" | "close" | "partly" | "hardly" | "kept" | "real" | "less" | "lost" | "clean" | "leaks" | "varied" | "narrow";
        /**
         * @description good: nothing to improve. weak: the result could be better.
         * @enum {string}
         */
        ScoreVerdictSign: "good" | "weak";
        /**
         * @description What the value was compared with. real_pictures: the score's reference. untrained_model: the value of the base model with the class prompt.
         * @enum {string}
         */
        ScoreVerdictAgainst: "real_pictures" | "untrained_model";
        /**
         * @description adamw, adamw_8bit (a quarter of AdamW's state memory), adafactor (the least state memory), lion (half of AdamW's), prodigy (twice AdamW's, finds its own learning rate) or adamw_schedule_free (one and a half times AdamW's, needs no schedule).
         * @enum {string}
         */
        Optimizer: "adamw" | "adamw_8bit" | "adafactor" | "lion" | "prodigy" | "adamw_schedule_free";
        /**
         * @description Number format of the forward pass. Trained weights stay in fp32. Frozen weights use this format.
         * @enum {string}
         */
        Precision: "fp32" | "bf16" | "fp16";
        /**
         * @description Loss of the difference d between prediction and target. l2 is d^2, huber is 2 c (sqrt(d^2 + c^2) - c), smooth_l1 is 2 (sqrt(d^2 + c^2) - c), with the threshold c of huber_schedule.
         * @enum {string}
         */
        LossType: "l2" | "huber" | "smooth_l1";
        /**
         * @description Threshold of huber and smooth_l1 at timestep t of T with noise level sigma. constant is huber_c, exponential is huber_c^(t / T), snr is (1 - huber_c) / (1 + sigma)^2 + huber_c.
         * @enum {string}
         */
        HuberSchedule: "constant" | "exponential" | "snr";
        /**
         * @description Source of the captions. given: the captions are in the field captions. subject: the subject's captions are used. auto: a worker proposes captions before training. Null means given.
         * @enum {string|null}
         */
        CaptionSource: "given" | "auto" | "subject" | null;
        /**
         * @description Part of the resized picture that trains. center: its middle. random: another part for each use. face: around the largest face; the middle without one. saliency: around what stands out, by its spectral residual.
         * @enum {string}
         */
        TrainingCrop: "center" | "random" | "face" | "saliency";
        /**
         * @description What the worker does: starting (the engine is being checked), idle, busy with a task, refusing tasks because the engine failed its self-check or could not be checked, or lost (no heartbeat for 30 seconds).
         * @enum {string}
         */
        WorkerState: "starting" | "idle" | "busy" | "refusing" | "lost";
        /** @description Task that the worker runs. Null without one. */
        WorkerTask: {
            kind?: components["schemas"]["TaskKind"];
            /**
             * Format: uuid
             * @description Id of the job, generation, captions task or evaluation. Null for a task of another owner.
             * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
             */
            id?: string | null;
        } | null;
        /**
         * @description Result of the engine's self-check: passed, failed, skipped by the settings, or unknown while it runs.
         * @enum {string}
         */
        WorkerEngineCheck: "unknown" | "skipped" | "passed" | "failed";
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listJobs: {
        parameters: {
            query?: {
                /**
                 * @description Returns only jobs with this status.
                 * @example succeeded
                 */
                status?: components["schemas"]["TaskStatus"];
                /**
                 * @description Returns only jobs with this training method.
                 * @example dreambooth_lora
                 */
                method?: components["schemas"]["TrainingMethod"];
                /**
                 * @description Returns only jobs with this base model, by its id.
                 * @example likeness/tiny-world
                 */
                model?: string;
                /**
                 * @description Returns only jobs whose class word begins with this, in upper or lower case.
                 * @example bird
                 */
                class_word?: string;
                /**
                 * @description Returns only jobs of this subject.
                 * @example 01a1fe02-2be6-79a0-ac14-2f618e54cdba
                 */
                subject_id?: string;
                /**
                 * @description Returns only jobs with this label, a key, a colon and a value. If it is sent several times, all must match.
                 * @example [
                 *       "env:prod"
                 *     ]
                 */
                label?: string[];
                /**
                 * @description Jobs per page, 1 to 100.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description Page cursor, from the next or previous URL of another page.
                 * @example T0xERVIgOTk5OS0xMi0zMVQwMDowMDowMFogZmZmZmZmZmYtZmZmZi1mZmZmLWZmZmYtZmZmZmZmZmZmZmZm
                 */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createJob: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description wait=n waits until the task is final, at most n seconds (1 to 60), then returns its state. The header Preference-Applied returns the wait time that the server applies.
                 * @example wait=30
                 */
                Prefer?: string;
                /**
                 * @description A deadline: the task is canceled unless it is final after this time, counted from its creation. A number with h, m or s, several of them, or a number of seconds; from 5 seconds to 720 hours.
                 * @example 1h30m
                 */
                "Cancel-After"?: string;
                /**
                 * @description Makes a retry safe. For 24 hours, a request with the same key and the same content gets the stored response, with Idempotent-Replayed: true. Send a new key for each new resource. A key has 1 to 255 visible ASCII characters. Error responses are not stored.
                 * @example 4f0d5c1e-0a57-4c39-9d0c-8a5f3f2a7b11
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description Pictures and a class word, or the id of an existing subject. Settings are optional. */
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["JobForm"];
            };
        };
        responses: {
            /** @description Finished within the wait time of Prefer. The body is the final state. */
            201: {
                headers: {
                    /** @description URL of the resource. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Accepted. The task waits for a worker. */
            202: {
                headers: {
                    /** @description URL of the resource. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description The request cannot be read (unreadable_request). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency key is still running (idempotency_key_in_use). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (unsupported_media_type). The file format is not supported (unsupported_format). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). The idempotency key belongs to another request (idempotency_key_reused). The job needs more memory than is available (plan_does_not_fit). The pictures cannot be used (unusable_pictures). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). The quota is used up (quota_exceeded). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Job id.
                 * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Not modified since the response with this ETag. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Job id.
                 * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state (wrong_state). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Job id.
                 * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Labels and priority. A label whose value is null is removed. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description The request cannot be read (unreadable_request). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state (wrong_state). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (unsupported_media_type). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Job id.
                 * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state (wrong_state). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    continueJob: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description wait=n waits until the task is final, at most n seconds (1 to 60), then returns its state. The header Preference-Applied returns the wait time that the server applies.
                 * @example wait=30
                 */
                Prefer?: string;
                /**
                 * @description A deadline: the task is canceled unless it is final after this time, counted from its creation. A number with h, m or s, several of them, or a number of seconds; from 5 seconds to 720 hours.
                 * @example 1h30m
                 */
                "Cancel-After"?: string;
                /**
                 * @description Makes a retry safe. For 24 hours, a request with the same key and the same content gets the stored response, with Idempotent-Replayed: true. Send a new key for each new resource. A key has 1 to 255 visible ASCII characters. Error responses are not stored.
                 * @example 4f0d5c1e-0a57-4c39-9d0c-8a5f3f2a7b11
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description Job id.
                 * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description The number of further steps. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ContinueRequest"];
            };
        };
        responses: {
            /** @description Finished within the wait time of Prefer. The body is the final state. */
            201: {
                headers: {
                    /** @description URL of the resource. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Accepted. The task waits for a worker. */
            202: {
                headers: {
                    /** @description URL of the resource. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description The request cannot be read (unreadable_request). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency key is still running (idempotency_key_in_use). Not possible in the current state (wrong_state). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The training state was deleted. */
            410: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (unsupported_media_type). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). The idempotency key belongs to another request (idempotency_key_reused). The job needs more memory than is available (plan_does_not_fit). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). The quota is used up (quota_exceeded). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    copyJob: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description wait=n waits until the task is final, at most n seconds (1 to 60), then returns its state. The header Preference-Applied returns the wait time that the server applies.
                 * @example wait=30
                 */
                Prefer?: string;
                /**
                 * @description A deadline: the task is canceled unless it is final after this time, counted from its creation. A number with h, m or s, several of them, or a number of seconds; from 5 seconds to 720 hours.
                 * @example 1h30m
                 */
                "Cancel-After"?: string;
                /**
                 * @description Makes a retry safe. For 24 hours, a request with the same key and the same content gets the stored response, with Idempotent-Replayed: true. Send a new key for each new resource. A key has 1 to 255 visible ASCII characters. Error responses are not stored.
                 * @example 4f0d5c1e-0a57-4c39-9d0c-8a5f3f2a7b11
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description Job id.
                 * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description What differs from the job. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CopyRequest"];
            };
        };
        responses: {
            /** @description Finished within the wait time of Prefer. The body is the final state. */
            201: {
                headers: {
                    /** @description URL of the resource. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Accepted. The task waits for a worker. */
            202: {
                headers: {
                    /** @description URL of the resource. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description The request cannot be read (unreadable_request). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency key is still running (idempotency_key_in_use). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (unsupported_media_type). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). The idempotency key belongs to another request (idempotency_key_reused). The job needs more memory than is available (plan_does_not_fit). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). The quota is used up (quota_exceeded). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamJobEvents: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Number of the last event received. Browsers send it when they reconnect.
                 * @example 6
                 */
                "Last-Event-ID"?: string;
            };
            path: {
                /**
                 * @description Job id.
                 * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A stream of events. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example id:7
                     *     event:progress
                     *     data:{"step": 120, "phase": "training", "total": 400, "created_at": "2026-01-31T12:00:31.123456Z"}
                     */
                    "text/event-stream": string;
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getTrainingPicture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Job id.
                 * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
                 */
                id: string;
                /**
                 * @description Position of the picture, from 0.
                 * @example 0
                 */
                position: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The training picture. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description File storage is unavailable (storage). The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    planJob: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description The same fields as for a job of an existing subject. Without subject_id, class_word is required. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["PlanRequest"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Plan"];
                };
            };
            /** @description The request cannot be read (unreadable_request). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (unsupported_media_type). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). The job needs more memory than is available (plan_does_not_fit). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). The quota is used up (quota_exceeded). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSubjectJobs: {
        parameters: {
            query?: {
                /**
                 * @description Returns only jobs with this label, a key, a colon and a value. If it is sent several times, all must match.
                 * @example [
                 *       "env:prod"
                 *     ]
                 */
                label?: string[];
                /**
                 * @description Jobs per page, 1 to 100.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description Page cursor, from the next or previous URL of another page.
                 * @example T0xERVIgOTk5OS0xMi0zMVQwMDowMDowMFogZmZmZmZmZmYtZmZmZi1mZmZmLWZmZmYtZmZmZmZmZmZmZmZm
                 */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Subject id.
                 * @example 0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createJobForSubject: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description wait=n waits until the task is final, at most n seconds (1 to 60), then returns its state. The header Preference-Applied returns the wait time that the server applies.
                 * @example wait=30
                 */
                Prefer?: string;
                /**
                 * @description A deadline: the task is canceled unless it is final after this time, counted from its creation. A number with h, m or s, several of them, or a number of seconds; from 5 seconds to 720 hours.
                 * @example 1h30m
                 */
                "Cancel-After"?: string;
                /**
                 * @description Makes a retry safe. For 24 hours, a request with the same key and the same content gets the stored response, with Idempotent-Replayed: true. Send a new key for each new resource. A key has 1 to 255 visible ASCII characters. Error responses are not stored.
                 * @example 4f0d5c1e-0a57-4c39-9d0c-8a5f3f2a7b11
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description Subject id.
                 * @example 0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Settings of the job. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["JobRequest"];
            };
        };
        responses: {
            /** @description Finished within the wait time of Prefer. The body is the final state. */
            201: {
                headers: {
                    /** @description URL of the resource. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Accepted. The task waits for a worker. */
            202: {
                headers: {
                    /** @description URL of the resource. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description The request cannot be read (unreadable_request). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency key is still running (idempotency_key_in_use). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (unsupported_media_type). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). The idempotency key belongs to another request (idempotency_key_reused). The job needs more memory than is available (plan_does_not_fit). The pictures cannot be used (unusable_pictures). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). The quota is used up (quota_exceeded). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    downloadImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Image id.
                 * @example 0199f3a2-77aa-7c01-9d2e-2f6b8c9d0e1f
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/*": string;
                };
            };
            /** @description The requested range. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not modified since the response with this ETag. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The range lies outside the file. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description File storage is unavailable (storage). The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listJobImages: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Job id.
                 * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Images"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getJobReport: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Job id.
                 * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest report. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
            /** @description Not modified since the response with this ETag. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description File storage is unavailable (storage). The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getJobReportFigures: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Job id.
                 * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The latest report. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "object": "report",
                     *       "job_id": "0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60",
                     *       "checkpoint": {
                     *         "step": 300,
                     *         "by": "score",
                     *         "reason": "its clip_i of 0.681 is the highest of 4 checkpoints"
                     *       },
                     *       "advice": [],
                     *       "training": {
                     *         "measured": 1,
                     *         "points": [
                     *           {
                     *             "step": 300,
                     *             "loss": 0.12,
                     *             "smoothed_loss": 0.12,
                     *             "learning_rate": 0.0007
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
            /** @description Not modified since the response with this ETag. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description File storage is unavailable (storage). The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listJobScores: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Job id.
                 * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Scores"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    downloadArtifact: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Artifact id.
                 * @example 0199f3a2-77aa-7c01-9d2e-2f6b8c9d0e1f
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The requested range. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not modified since the response with this ETag. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The range lies outside the file. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description File storage is unavailable (storage). The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listJobArtifacts: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Job id.
                 * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Artifacts"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getGeneration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Generation id.
                 * @example 0199f3b0-1a2b-7c3d-8e4f-5a6b7c8d9e0f
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Generation"];
                };
            };
            /** @description Not modified since the response with this ETag. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateGeneration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Generation id.
                 * @example 0199f3b0-1a2b-7c3d-8e4f-5a6b7c8d9e0f
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Labels and priority. A label whose value is null is removed. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Generation"];
                };
            };
            /** @description The request cannot be read (unreadable_request). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state (wrong_state). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (unsupported_media_type). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelGeneration: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Generation id.
                 * @example 0199f3b0-1a2b-7c3d-8e4f-5a6b7c8d9e0f
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Generation"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state (wrong_state). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listJobGenerations: {
        parameters: {
            query?: {
                /**
                 * @description Returns only generations with this label, a key, a colon and a value. If it is sent several times, all must match.
                 * @example [
                 *       "env:prod"
                 *     ]
                 */
                label?: string[];
                /**
                 * @description Generations per page, 1 to 100.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description Page cursor, from the next or previous URL of another page.
                 * @example T0xERVIgOTk5OS0xMi0zMVQwMDowMDowMFogZmZmZmZmZmYtZmZmZi1mZmZmLWZmZmYtZmZmZmZmZmZmZmZm
                 */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Job id.
                 * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["GenerationPage"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createGeneration: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description wait=n waits until the task is final, at most n seconds (1 to 60), then returns its state. The header Preference-Applied returns the wait time that the server applies.
                 * @example wait=30
                 */
                Prefer?: string;
                /**
                 * @description A deadline: the task is canceled unless it is final after this time, counted from its creation. A number with h, m or s, several of them, or a number of seconds; from 5 seconds to 720 hours.
                 * @example 1h30m
                 */
                "Cancel-After"?: string;
                /**
                 * @description Makes a retry safe. For 24 hours, a request with the same key and the same content gets the stored response, with Idempotent-Replayed: true. Send a new key for each new resource. A key has 1 to 255 visible ASCII characters. Error responses are not stored.
                 * @example 4f0d5c1e-0a57-4c39-9d0c-8a5f3f2a7b11
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description Job id.
                 * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Settings of the generation. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["GenerationForm"];
            };
        };
        responses: {
            /** @description Finished within the wait time of Prefer. The body is the final state. */
            201: {
                headers: {
                    /** @description URL of the resource. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Generation"];
                };
            };
            /** @description Accepted. The task waits for a worker. */
            202: {
                headers: {
                    /** @description URL of the resource. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Generation"];
                };
            };
            /** @description The request cannot be read (unreadable_request). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency key is still running (idempotency_key_in_use). Not possible in the current state (wrong_state). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (unsupported_media_type). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). The idempotency key belongs to another request (idempotency_key_reused). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listJobCheckpoints: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Job id.
                 * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Checkpoints"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    chooseJobCheckpoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Job id.
                 * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
                 */
                id: string;
                /**
                 * @description Training step of a checkpoint, from GET /v1/jobs/{id}/checkpoints.
                 * @example 300
                 */
                step: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The re-queued job, or the unchanged job if this checkpoint is already its result. */
            202: {
                headers: {
                    /** @description URL of the resource. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state (wrong_state). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). The quota is used up (quota_exceeded). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getCaptions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the captions task.
                 * @example 0199f3a1-2b3c-7d4e-9f5a-6b7c8d9e0f1a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Captions"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateCaptions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the captions task.
                 * @example 0199f3a1-2b3c-7d4e-9f5a-6b7c8d9e0f1a
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Labels and priority. A label whose value is null is removed. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Captions"];
                };
            };
            /** @description The request cannot be read (unreadable_request). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state (wrong_state). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (unsupported_media_type). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelCaptions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Id of the captions task.
                 * @example 0199f3a1-2b3c-7d4e-9f5a-6b7c8d9e0f1a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Captions"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state (wrong_state). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listSubjects: {
        parameters: {
            query?: {
                /**
                 * @description Returns only subjects whose class word begins with this, in upper or lower case.
                 * @example bird
                 */
                class_word?: string;
                /**
                 * @description Subjects per page, 1 to 100.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description Page cursor, from the next or previous URL of another page.
                 * @example T0xERVIgOTk5OS0xMi0zMVQwMDowMDowMFogZmZmZmZmZmYtZmZmZi1mZmZmLWZmZmYtZmZmZmZmZmZmZmZm
                 */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubjectPage"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createSubject: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe. For 24 hours, a request with the same key and the same content gets the stored response, with Idempotent-Replayed: true. Send a new key for each new resource. A key has 1 to 255 visible ASCII characters. Error responses are not stored.
                 * @example 4f0d5c1e-0a57-4c39-9d0c-8a5f3f2a7b11
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description Pictures and class word. */
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["SubjectForm"];
            };
        };
        responses: {
            /** @description The subject. */
            201: {
                headers: {
                    /** @description URL of the resource. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subject"];
                };
            };
            /** @description The request cannot be read (unreadable_request). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency key is still running (idempotency_key_in_use). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (unsupported_media_type). The file format is not supported (unsupported_format). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). The idempotency key belongs to another request (idempotency_key_reused). The pictures cannot be used (unusable_pictures). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description File storage is unavailable (storage). The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSubject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Subject id.
                 * @example 0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Subject"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteSubject: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Subject id.
                 * @example 0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state (wrong_state). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSubjectCaptions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Subject id.
                 * @example 0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubjectCaptions"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateSubjectCaptions: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Subject id.
                 * @example 0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description One caption per picture. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["CaptionTexts"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubjectCaptions"];
                };
            };
            /** @description The request cannot be read (unreadable_request). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (unsupported_media_type). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createCaptions: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description wait=n waits until the task is final, at most n seconds (1 to 60), then returns its state. The header Preference-Applied returns the wait time that the server applies.
                 * @example wait=30
                 */
                Prefer?: string;
                /**
                 * @description A deadline: the task is canceled unless it is final after this time, counted from its creation. A number with h, m or s, several of them, or a number of seconds; from 5 seconds to 720 hours.
                 * @example 1h30m
                 */
                "Cancel-After"?: string;
                /**
                 * @description Makes a retry safe. For 24 hours, a request with the same key and the same content gets the stored response, with Idempotent-Replayed: true. Send a new key for each new resource. A key has 1 to 255 visible ASCII characters. Error responses are not stored.
                 * @example 4f0d5c1e-0a57-4c39-9d0c-8a5f3f2a7b11
                 */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description Subject id.
                 * @example 0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Settings of the captions task. */
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CaptionForm"];
            };
        };
        responses: {
            /** @description Finished within the wait time of Prefer. The body is the final state. */
            201: {
                headers: {
                    /** @description URL of the resource. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Captions"];
                };
            };
            /** @description Accepted. The task waits for a worker. */
            202: {
                headers: {
                    /** @description URL of the resource. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Captions"];
                };
            };
            /** @description The request cannot be read (unreadable_request). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency key is still running (idempotency_key_in_use). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (unsupported_media_type). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). The idempotency key belongs to another request (idempotency_key_reused). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    downloadSubjectPicture: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Subject id.
                 * @example 0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b
                 */
                id: string;
                /**
                 * @description Position of the picture, from 0.
                 * @example 0
                 */
                position: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
            /** @description The requested range. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not modified since the response with this ETag. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The range lies outside the file. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description File storage is unavailable (storage). The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    downloadSubjectMask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Subject id.
                 * @example 0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b
                 */
                id: string;
                /**
                 * @description Position of the picture, from 0.
                 * @example 0
                 */
                position: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The mask. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
            /** @description The requested range. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not modified since the response with this ETag. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The range lies outside the file. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description File storage is unavailable (storage). The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    downloadSubjectThumbnail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Subject id.
                 * @example 0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b
                 */
                id: string;
                /**
                 * @description Position of the picture, from 0.
                 * @example 0
                 */
                position: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thumbnail. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
            /** @description The requested range. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not modified since the response with this ETag. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The range lies outside the file. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description File storage is unavailable (storage). The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listClassSets: {
        parameters: {
            query?: {
                /**
                 * @description Class sets per page, 1 to 100.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description Page cursor, from the next or previous URL of another page.
                 * @example T0xERVIgOTk5OS0xMi0zMVQwMDowMDowMFogZmZmZmZmZmYtZmZmZi1mZmZmLWZmZmYtZmZmZmZmZmZmZmZm
                 */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassSetPage"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createClassSet: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe. For 24 hours, a request with the same key and the same content gets the stored response, with Idempotent-Replayed: true. Send a new key for each new resource. A key has 1 to 255 visible ASCII characters. Error responses are not stored.
                 * @example 4f0d5c1e-0a57-4c39-9d0c-8a5f3f2a7b11
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description Images of the class, with or without captions. */
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["ClassSetForm"];
            };
        };
        responses: {
            /** @description The class set. */
            201: {
                headers: {
                    /** @description URL of the resource. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassSet"];
                };
            };
            /** @description The request cannot be read (unreadable_request). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency key is still running (idempotency_key_in_use). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (unsupported_media_type). The file format is not supported (unsupported_format). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). The idempotency key belongs to another request (idempotency_key_reused). The pictures cannot be used (unusable_pictures). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). The quota is used up (quota_exceeded). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description File storage is unavailable (storage). The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getClassSet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Class set id.
                 * @example 0199f3a1-7d2e-7f60-9b7c-8d9e0f1a2b3c
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassSet"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteClassSet: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Class set id.
                 * @example 0199f3a1-7d2e-7f60-9b7c-8d9e0f1a2b3c
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state (wrong_state). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listClassImages: {
        parameters: {
            query?: {
                /**
                 * @description Images per page, 1 to 100.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description Returns the images after this position. -1 begins with the first image. The next URL of a page has it.
                 * @example -1
                 */
                after?: number;
            };
            header?: never;
            path: {
                /**
                 * @description Class set id.
                 * @example 0199f3a1-7d2e-7f60-9b7c-8d9e0f1a2b3c
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassImagePage"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    downloadClassImage: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Class set id.
                 * @example 0199f3a1-7d2e-7f60-9b7c-8d9e0f1a2b3c
                 */
                id: string;
                /**
                 * @description Position of the image, from 0.
                 * @example 0
                 */
                position: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The image. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
            /** @description The requested range. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not modified since the response with this ETag. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The range lies outside the file. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description File storage is unavailable (storage). The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    downloadClassImageThumbnail: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Class set id.
                 * @example 0199f3a1-7d2e-7f60-9b7c-8d9e0f1a2b3c
                 */
                id: string;
                /**
                 * @description Position of the image, from 0.
                 * @example 0
                 */
                position: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The thumbnail. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": string;
                };
            };
            /** @description The requested range. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not modified since the response with this ETag. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The range lies outside the file. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description File storage is unavailable (storage). The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Models"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listClassWordsWithoutOwner: {
        parameters: {
            query?: {
                /**
                 * @description Beginning of the words, without regard to upper and lower case.
                 * @example tea
                 */
                prefix?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Base model id.
                 * @example my-model
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassWords"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listIdentifiersWithoutOwner: {
        parameters: {
            query?: {
                /**
                 * @description Class word of the subject. An identifier must differ from it.
                 * @example bird
                 */
                class_word?: string;
                /**
                 * @description An identifier to check.
                 * @example sks
                 */
                identifier?: string;
            };
            header?: never;
            path: {
                /**
                 * @description Base model id.
                 * @example my-model
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Identifiers"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listClassWords: {
        parameters: {
            query?: {
                /**
                 * @description Beginning of the words, without regard to upper and lower case.
                 * @example tea
                 */
                prefix?: string;
            };
            header?: never;
            path: {
                /**
                 * @description First part of the base model id.
                 * @example likeness
                 */
                owner: string;
                /**
                 * @description Second part of the base model id.
                 * @example tiny-world
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ClassWords"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listIdentifiers: {
        parameters: {
            query?: {
                /**
                 * @description Class word of the subject. An identifier must differ from it.
                 * @example bird
                 */
                class_word?: string;
                /**
                 * @description An identifier to check.
                 * @example sks
                 */
                identifier?: string;
            };
            header?: never;
            path: {
                /**
                 * @description First part of the base model id.
                 * @example likeness
                 */
                owner: string;
                /**
                 * @description Second part of the base model id.
                 * @example tiny-world
                 */
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Identifiers"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPresets: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Presets"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listPromptLists: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PromptLists"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAdapters: {
        parameters: {
            query?: {
                /**
                 * @description Adapters per page, 1 to 100.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description Page cursor, from the next or previous URL of another page.
                 * @example T0xERVIgOTk5OS0xMi0zMVQwMDowMDowMFogZmZmZmZmZmYtZmZmZi1mZmZmLWZmZmYtZmZmZmZmZmZmZmZm
                 */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AdapterPage"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createAdapter: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description Makes a retry safe. For 24 hours, a request with the same key and the same content gets the stored response, with Idempotent-Replayed: true. Send a new key for each new resource. A key has 1 to 255 visible ASCII characters. Error responses are not stored.
                 * @example 4f0d5c1e-0a57-4c39-9d0c-8a5f3f2a7b11
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description The file and its base model. */
        requestBody: {
            content: {
                "multipart/form-data": components["schemas"]["AdapterForm"];
            };
        };
        responses: {
            /** @description The adapter, ready for use. */
            201: {
                headers: {
                    /** @description URL of the resource. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Adapter"];
                };
            };
            /** @description The request cannot be read (unreadable_request). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency key is still running (idempotency_key_in_use). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (unsupported_media_type). The file format is not supported (unsupported_format). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). The idempotency key belongs to another request (idempotency_key_reused). The adapter cannot be used (unusable_adapter). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description File storage is unavailable (storage). The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getAdapter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Adapter id.
                 * @example 0199f3c4-2b3c-7d4e-8f5a-6b7c8d9e0f1a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Adapter"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteAdapter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Adapter id.
                 * @example 0199f3c4-2b3c-7d4e-8f5a-6b7c8d9e0f1a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state (wrong_state). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    downloadAdapter: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Adapter id.
                 * @example 0199f3c4-2b3c-7d4e-8f5a-6b7c8d9e0f1a
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/octet-stream": string;
                };
            };
            /** @description The requested range. */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Not modified since the response with this ETag. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The range lies outside the file. */
            416: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description File storage is unavailable (storage). The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvaluations: {
        parameters: {
            query?: {
                /**
                 * @description Returns only evaluations with this label, a key, a colon and a value. If it is sent several times, all must match.
                 * @example [
                 *       "env:prod"
                 *     ]
                 */
                label?: string[];
                /**
                 * @description Evaluations per page, 1 to 100.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description Page cursor, from the next or previous URL of another page.
                 * @example T0xERVIgOTk5OS0xMi0zMVQwMDowMDowMFogZmZmZmZmZmYtZmZmZi1mZmZmLWZmZmYtZmZmZmZmZmZmZmZm
                 */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvaluationPage"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createEvaluation: {
        parameters: {
            query?: never;
            header?: {
                /**
                 * @description wait=n waits until the task is final, at most n seconds (1 to 60), then returns its state. The header Preference-Applied returns the wait time that the server applies.
                 * @example wait=30
                 */
                Prefer?: string;
                /**
                 * @description A deadline: the task is canceled unless it is final after this time, counted from its creation. A number with h, m or s, several of them, or a number of seconds; from 5 seconds to 720 hours.
                 * @example 1h30m
                 */
                "Cancel-After"?: string;
                /**
                 * @description Makes a retry safe. For 24 hours, a request with the same key and the same content gets the stored response, with Idempotent-Replayed: true. Send a new key for each new resource. A key has 1 to 255 visible ASCII characters. Error responses are not stored.
                 * @example 4f0d5c1e-0a57-4c39-9d0c-8a5f3f2a7b11
                 */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        /** @description Jobs, samplers and numbers of steps to compare. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["EvaluationForm"];
            };
        };
        responses: {
            /** @description Finished within the wait time of Prefer. The body is the final state. */
            201: {
                headers: {
                    /** @description URL of the resource. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvaluationRun"];
                };
            };
            /** @description Accepted. The task waits for a worker. */
            202: {
                headers: {
                    /** @description URL of the resource. */
                    Location?: string;
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvaluationRun"];
                };
            };
            /** @description The request cannot be read (unreadable_request). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The first request with this idempotency key is still running (idempotency_key_in_use). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (unsupported_media_type). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). The idempotency key belongs to another request (idempotency_key_reused). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEvaluation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Evaluation id.
                 * @example 0199f3c8-3c4d-7e5f-9a6b-7c8d9e0f1a2b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvaluationRun"];
                };
            };
            /** @description Not modified since the response with this ETag. */
            304: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteEvaluation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Evaluation id.
                 * @example 0199f3c8-3c4d-7e5f-9a6b-7c8d9e0f1a2b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state (wrong_state). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    updateEvaluation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Evaluation id.
                 * @example 0199f3c8-3c4d-7e5f-9a6b-7c8d9e0f1a2b
                 */
                id: string;
            };
            cookie?: never;
        };
        /** @description Labels and priority. A label whose value is null is removed. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["TaskChange"];
            };
        };
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvaluationRun"];
                };
            };
            /** @description The request cannot be read (unreadable_request). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state (wrong_state). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (unsupported_media_type). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelEvaluation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Evaluation id.
                 * @example 0199f3c8-3c4d-7e5f-9a6b-7c8d9e0f1a2b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EvaluationRun"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not possible in the current state (wrong_state). */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEvaluationTable: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Evaluation id.
                 * @example 0199f3c8-3c4d-7e5f-9a6b-7c8d9e0f1a2b
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The table. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example | Scheduler | Steps | Prior preservation | CLIP-I |
                     *     |---|---:|---|---|
                     *     | DDIM | 50 | with | 0.646 [0.612, 0.681] |
                     */
                    "text/markdown;charset=UTF-8": string;
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWorkers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Workers"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listJobDeliveries: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Job id.
                 * @example 0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Deliveries"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /**
                 * @description Returns only deliveries of this task.
                 * @example 01a1fe02-2be6-79a0-ac14-2f618e54cdba
                 */
                task_id?: string;
                /**
                 * @description Deliveries per page, 1 to 100.
                 * @example 20
                 */
                limit?: number;
                /**
                 * @description Page cursor, from the next or previous URL of another page.
                 * @example T0xERVIgOTk5OS0xMi0zMVQwMDowMDowMFogZmZmZmZmZmYtZmZmZi1mZmZmLWZmZmYtZmZmZmZmZmZmZmZm
                 */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryPage"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecret"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateWebhookSecret: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookSecret"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    redeliverWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description Delivery id.
                 * @example 0199f3d0-4d5e-7f6a-8b7c-9d0e1f2a3b4c
                 */
                delivery: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The delivery, now due. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Delivery"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description OK */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeys"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** @description Name, owner, scopes and expiry time of the key. */
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyRequest"];
            };
        };
        responses: {
            /** @description The API key. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKey"];
                };
            };
            /** @description The request cannot be read (unreadable_request). */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The media type is not supported (unsupported_media_type). */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The request is invalid (invalid_request). */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    deleteApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description API key id.
                 * @example 0199f3d4-5e6f-4a7b-8c9d-0e1f2a3b4c5d
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not found (not_found). */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rotateLinkKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Authentication is required (unauthenticated). */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Not allowed (forbidden). Requests from other sites are not allowed (foreign_page). */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description None of the accepted media types is available (not_acceptable). */
            406: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The upload is too large (too_large). */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests (rate_limited). */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Internal error (internal). */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description The service is unavailable (unavailable). */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
