# One file for both images: FLAVOR is cpu, or cu128 for NVIDIA's GPUs. src/docs/images.md says how to build and run them.
ARG BUILD=eclipse-temurin:17-jdk-noble
ARG BASE=eclipse-temurin:17-jre-noble
ARG FLAVOR=cpu
# Where libtorch comes from: cpu, Maven Central; cu128, the folder torch/lib of CUDA_IMAGE; archive, LIBTORCH_URL.
ARG LIBTORCH=${FLAVOR}
ARG CUDA_IMAGE=pytorch/pytorch:2.7.1-cuda12.8-cudnn9-runtime

FROM ${BUILD} AS build
WORKDIR /source
COPY .mvn .mvn
COPY mvnw pom.xml LICENSE NOTICE ./
COPY configs configs
COPY db db
COPY src/main src/main
RUN --mount=type=cache,target=/root/.m2 ./mvnw -q -B -DskipTests -Dmaven.test.skip package

# A separate stage, so that --build-context jar=target can replace it with an existing jar.
FROM scratch AS jar
COPY --from=build /source/target/likeness-*.jar /

FROM ${BUILD} AS layers
WORKDIR /layers
COPY --from=jar /likeness-*.jar likeness.jar
# libtorch is copied separately, unpacked.
RUN java -Djarmode=tools -jar likeness.jar extract --layers --destination extracted \
    && mv extracted/dependencies/lib/pytorch-native-cpu-*.jar pytorch-native-cpu.jar

FROM ${BUILD} AS libtorch-cpu
COPY --from=layers /layers/pytorch-native-cpu.jar .
RUN jar xf pytorch-native-cpu.jar pytorch/cpu/linux-x86_64 \
    && mkdir -p /opt/libtorch/torch \
    && mv pytorch/cpu/linux-x86_64 /opt/libtorch/torch/lib

# The libraries find each other by relative paths, so their folders are kept. The driver's library comes with the machine.
FROM ${CUDA_IMAGE} AS libtorch-cu128
RUN mkdir /opt/libtorch \
    && cd "$(python -c 'import sysconfig; print(sysconfig.get_path("purelib"))')" \
    && find . '(' -path './torch/lib/lib*.so*' -o -path './nvidia/*/lib/lib*.so*' -o -path './cusparselt/lib/lib*.so*' ')' \
        ! -name 'libtorch_python.so' ! -name 'libshm.so' -exec cp -a --parents '{}' /opt/libtorch ';' \
    && ! ldd /opt/libtorch/torch/lib/*.so | grep 'not found' | grep -v 'libcuda.so.1 '

FROM ${BUILD} AS libtorch-archive
ARG LIBTORCH_URL
ARG LIBTORCH_SHA256
ADD ${LIBTORCH_URL} libtorch.zip
RUN echo "${LIBTORCH_SHA256}  libtorch.zip" | sha256sum --check \
    && jar xf libtorch.zip libtorch/lib \
    && rm -f libtorch/lib/*.a libtorch.zip \
    && mkdir -p /opt/libtorch/torch \
    && mv libtorch/lib /opt/libtorch/torch/lib \
    && cd /opt/libtorch/torch/lib \
    && ln -s libcudart-*.so.12 libcudart.so.12

FROM libtorch-${LIBTORCH} AS libtorch

FROM ${BASE} AS application
RUN useradd --uid 10001 --home-dir /var/lib/likeness --create-home --shell /usr/sbin/nologin likeness
WORKDIR /opt/likeness
COPY --from=libtorch /opt/libtorch /opt/libtorch
COPY --from=layers /layers/extracted/dependencies/ ./
COPY --from=layers /layers/extracted/snapshot-dependencies/ ./
COPY --from=layers /layers/extracted/application/ ./
USER 10001

# Starts once until it is ready to serve, and archives the loaded classes.
FROM application AS training
RUN java -XX:ArchiveClassesAtExit=/tmp/likeness.jsa -Xlog:cds=off -Dspring.context.exit=onRefresh -Dlikeness.role=api \
        -Dlikeness.home=/tmp/likeness -jar likeness.jar

FROM application
ARG FLAVOR
LABEL org.opencontainers.image.title="Likeness" \
      org.opencontainers.image.description="Self-hosted personalization of text-to-image models" \
      org.opencontainers.image.licenses="Apache-2.0"
COPY --from=training /tmp/likeness.jsa ./
ENV PYTORCH_LIBRARY_PATH=/opt/libtorch/torch/lib \
    PYTORCH_VERSION=2.7.1 \
    PYTORCH_FLAVOR=${FLAVOR} \
    OPT_OUT_TRACKING=true \
    GOMP_SPINCOUNT=10000 \
    MALLOC_ARENA_MAX=1 \
    LIKENESS_HOME=/var/lib/likeness \
    LIKENESS_SECURITY_AUTHENTICATION=required \
    # JVM options of a worker that an API process starts.
    LIKENESS_WORKER_JVMOPTIONS="-XX:SharedArchiveFile=/opt/likeness/likeness.jsa,-XX:Tier4InvocationThreshold=500000,-XX:Tier4MinInvocationThreshold=500000,-XX:Tier4BackEdgeThreshold=3000000,-XX:-C1UpdateMethodData,-XX:+UseSerialGC,-Xms128m" \
    SERVER_ADDRESS=0.0.0.0 \
    # Health and metrics, for the operator's network.
    MANAGEMENT_SERVER_ADDRESS=0.0.0.0 \
    MANAGEMENT_SERVER_PORT=9090
VOLUME /var/lib/likeness
EXPOSE 8080 9090
HEALTHCHECK --interval=15s --timeout=5s --start-period=2m \
    CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/$MANAGEMENT_SERVER_PORT && printf 'GET /actuator/health/liveness HTTP/1.0\\r\\n\\r\\n' >&3 && grep -q '\"UP\"' <&3"]
ENTRYPOINT ["java", "-XX:SharedArchiveFile=/opt/likeness/likeness.jsa", "-jar", "likeness.jar"]
