package dev.likeness.app.web.openapi;

/** Ids for the OpenAPI document. */
public final class Examples {

    public static final String JOB = "0199f3a2-5b1c-7d3e-8f4a-1b2c3d4e5f60";
    public static final String IMAGE = "0199f3a2-77aa-7c01-9d2e-2f6b8c9d0e1f";
    public static final String GENERATION = "0199f3b0-1a2b-7c3d-8e4f-5a6b7c8d9e0f";

    public static final String SUBJECT = "0199f3a0-4c2d-7e5f-8a6b-7c8d9e0f1a2b";
    public static final String CAPTIONS = "0199f3a1-2b3c-7d4e-9f5a-6b7c8d9e0f1a";
    public static final String EVALUATION = "0199f3c8-3c4d-7e5f-9a6b-7c8d9e0f1a2b";
    public static final String ADAPTER = "0199f3c4-2b3c-7d4e-8f5a-6b7c8d9e0f1a";
    public static final String DELIVERY = "0199f3d0-4d5e-7f6a-8b7c-9d0e1f2a3b4c";

    public static final String API_KEY = "0199f3d4-5e6f-4a7b-8c9d-0e1f2a3b4c5d";

    /** From the newest one on: what is tried with it shows something. */
    public static final String CURSOR =
            "T0xERVIgOTk5OS0xMi0zMVQwMDowMDowMFogZmZmZmZmZmYtZmZmZi1mZmZmLWZmZmYtZmZmZmZmZmZmZmZm";

    private Examples() {}
}
