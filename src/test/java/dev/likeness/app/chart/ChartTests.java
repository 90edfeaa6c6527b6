package dev.likeness.app.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

class ChartTests {

    private static final String[] EVERYTHING = {
        "worker.scaling.enabled=true",
        "worker.gpu.enabled=true",
        "worker.modelCache.create=true",
        "worker.runtimeClassName=nvidia",
        "ingress.enabled=true",
        "ingress.host=likeness.example.com",
        "httpRoute.enabled=true",
        "httpRoute.parentRefs[0].name=public",
        "metrics.podMonitor.enabled=true",
        "metrics.alerts.enabled=true",
        "extraVolumes[0].name=more",
        "extraVolumes[0].emptyDir.medium=Memory",
        "extraVolumeMounts[0].name=more",
        "extraVolumeMounts[0].mountPath=/more"
    };

    private static final String[] AS_LITTLE_AS_POSSIBLE = {
        "networkPolicy.enabled=false",
        "migration.enabled=false",
        "api.maxUnavailable=0",
        "ingress.enabled=false",
        "httpRoute.enabled=false",
        "metrics.podMonitor.enabled=false",
        "metrics.alerts.enabled=false",
        "worker.scaling.enabled=false"
    };

    static Stream<List<JsonNode>> releases() {
        return Chart.examples().stream()
                .flatMap(example -> Stream.of(
                        Chart.render(example),
                        Chart.render(example, EVERYTHING),
                        Chart.render(example, AS_LITTLE_AS_POSSIBLE)));
    }

    @Test
    void pleasesHelmsLinter() {
        LintResult result = new Helm(Chart.FOLDER).lint().strict().call();

        assertThat(result.isFailed()).as("%s", result.getMessages()).isFalse();
    }

    @Test
    void consistsOfWhatKubernetesKnows() {
        assertThat(releases())
                .hasSize(3 * Chart.examples().size())
                .allSatisfy(release -> assertThat(release).isNotEmpty().allSatisfy(Kubernetes::check));
    }

    @Test
    void wouldNotPassWithAFieldThatKubernetesDoesNotKnow() {
        JsonNode api = deployment("kind", "api");
        ((ObjectNode) api.at("/spec/template/spec/containers/0")).put("livenesProbe", "");

        assertThatExceptionOfType(JacksonException.class)
                .isThrownBy(() -> Kubernetes.check(api))
                .withMessageContaining("livenesProbe");
    }

    @ParameterizedTest
    @CsvSource({
        "api.replicas=0, /api/replicas",
        "api.replicas=two, /api/replicas",
        "replicas=2, replicas",
        "worker.gpus=2, gpus",
        "worker.drainSeconds=0, /worker/drainSeconds",
        "worker.modelCache.accessModes[0]=Write, /worker/modelCache/accessModes",
        "image.pullPolicy=Sometimes, /image/pullPolicy",
        "database.password=hush, password",
        "database.host=jdbc:postgresql://db, /database/host",
        "storage.secretKey=hush, secretKey",
        "storage.endpoint=s3:9000, /storage/endpoint",
        "security.bootstrapKey=hush, bootstrapKey",
        "security.issuerUri=https://login.example.com, /security/audience",
        "ingress.enabled=true, /ingress/host",
        "httpRoute.enabled=true, /httpRoute/parentRefs",
        "settings.spring.datasource.password=hush, invalid propertyName",
        "settings.likeness.artifacts.s3.secret-key=hush, invalid propertyName",
        "settings.likeness.hub.token=hush, invalid propertyName",
        "settings.likeness.security.bootstrap-key=hush, invalid propertyName",
        "settings.likeness.webhooks.endpoints[0].secrets[0]=hush, invalid propertyName",
        "database.existingSecret=, database.existingSecret is missing",
        "database.host=, database.host is missing",
        "storage.bucket=, storage.bucket is missing"
    })
    void refuses(String setting, String message) {
        assertThatThrownBy(() -> Chart.render("kind", setting)).hasMessageContaining(message);
    }

    @Test
    void namesSecretsButHoldsNone() {
        assertThat(releases()).allSatisfy(release -> {
            assertThat(release).noneMatch(it -> it.at("/kind").asString().equals("Secret"));
            assertThat(release.stream().flatMap(it -> it.findValues("env").stream()))
                    .allSatisfy(variables -> assertThat(variables)
                            .filteredOn(it -> it.at("/name").asString().matches(".*(USERNAME|PASSWORD|TOKEN|KEY)"))
                            .isNotEmpty()
                            .allSatisfy(it -> assertThat(it.at("/valueFrom/secretKeyRef/name")
                                            .asString())
                                    .isNotEmpty()));
        });
    }

    @Test
    void runsPodsUnderTheRestrictedPodSecurityStandard() {
        assertThat(releases())
                .allSatisfy(release -> assertThat(Chart.pods(release).values())
                        .isNotEmpty()
                        .extracting(it -> it.at("/spec"))
                        .allSatisfy(ChartTests::assertRestricted));
    }

    private static void assertRestricted(JsonNode pod) {
        assertThat(pod.at("/automountServiceAccountToken").asBoolean(true)).isFalse();
        assertThat(pod.at("/enableServiceLinks").asBoolean(true)).isFalse();
        assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean(false)).isTrue();
        assertThat(pod.at("/securityContext/runAsUser").asInt(0)).isEqualTo(10001);
        assertThat(pod.at("/securityContext/seccompProfile/type").asString()).isEqualTo("RuntimeDefault");
        assertThat(pod.at("/containers")).hasSize(1).allSatisfy(it -> {
            JsonNode security = it.at("/securityContext");
            assertThat(security.at("/allowPrivilegeEscalation").asBoolean(true)).isFalse();
            assertThat(security.at("/readOnlyRootFilesystem").asBoolean(false)).isTrue();
            assertThat(security.at("/capabilities/drop/0").asString()).isEqualTo("ALL");
            assertThat(it.at("/resources/limits/memory").asString()).isNotEmpty();
            assertThat(it.at("/volumeMounts"))
                    .anyMatch(mount -> mount.at("/mountPath").asString().equals("/tmp"));
        });
        assertThat(pod.at("/volumes")).noneMatch(it -> it.has("hostPath"));
    }

    @Test
    void letsKedaDecideHowManyWorkersThereAre() {
        JsonNode scaled = Chart.one(Chart.render("cloud-gpu"), "ScaledObject", "rel-likeness-worker");

        assertThat(deployment("cloud-gpu", "worker").at("/spec/replicas").isMissingNode())
                .isTrue();
        assertThat(scaled.at("/spec/scaleTargetRef/name").asString()).isEqualTo("rel-likeness-worker");
        assertThat(scaled.at("/spec/minReplicaCount").asInt()).isZero();
        assertThat(deployment("kind", "worker").at("/spec/replicas").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"cloud-gpu, cuda:0, 1", "kind, cpu, 0"})
    void computesOnAGpuWhereThePodHasOne(String example, String device, int gpus) {
        JsonNode container = deployment(example, "worker").at("/spec/template/spec/containers/0");

        assertThat(variable(container, "LIKENESS_WORKER_DEVICE")).isEqualTo(device);
        assertThat(container.at("/resources/limits/nvidia.com~1gpu").asInt(0)).isEqualTo(gpus);
    }

    @Test
    void killsNoWorkerBeforeItHasGivenItsTaskBack() {
        List<JsonNode> release = Chart.render("kind", "worker.drainSeconds=300");

        assertThat(settings(release)).contains("drain: 300s");
        assertThat(Chart.one(release, "Deployment", "rel-likeness-worker")
                        .at("/spec/template/spec/terminationGracePeriodSeconds")
                        .asInt())
                .isEqualTo(330);
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "worker"})
    void startsPodsAgainForNewSettings(String component) {
        assertThat(checksum(Chart.render("kind"), component))
                .isNotEmpty()
                .isNotEqualTo(checksum(Chart.render("kind", "settings.likeness.upload.max-pictures=9"), component));
    }

    /** Nothing else of a release is there yet when its hooks run. */
    @Test
    void migratesFirstAndWithNothingElseOfTheRelease() {
        JsonNode job = Chart.one(Chart.render("own-services"), "Job", "rel-likeness-migration");
        Set<String> own = Chart.render("own-services").stream()
                .map(it -> it.at("/metadata/name").asString())
                .collect(Collectors.toSet());

        assertThat(Chart.defaults().at("/migration/annotations/helm.sh~1hook").asString())
                .isEqualTo("pre-install,pre-upgrade");
        assertThat(variable(job.at("/spec/template/spec/containers/0"), "LIKENESS_ROLE"))
                .isEqualTo("migrate");
        assertThat(job.at("/spec/template/spec/serviceAccountName").isMissingNode())
                .isTrue();
        assertThat(job.at("/spec/template/spec").findValuesAsString("name")).doesNotContainAnyElementsOf(own);
    }

    @Test
    void selectsThePodsItMeans() {
        assertThat(releases())
                .allSatisfy(release -> assertThat(release)
                        .filteredOn(it -> Set.of(
                                        "Service", "PodDisruptionBudget", "NetworkPolicy", "PodMonitor", "Deployment")
                                .contains(it.at("/kind").asString()))
                        .allSatisfy(it -> assertThat(selected(release, it))
                                .as(it.at("/metadata/name").asString())
                                .isNotEmpty()
                                .allMatch(pod -> it.at("/kind").asString().equals("PodMonitor")
                                        || pod.equals(it.at("/metadata/name").asString()))));
    }

    private static Set<String> selected(List<JsonNode> release, JsonNode resource) {
        JsonNode selector = Stream.of("/spec/podSelector/matchLabels", "/spec/selector/matchLabels", "/spec/selector")
                .map(resource::at)
                .filter(it -> !it.isMissingNode())
                .findFirst()
                .orElseThrow();
        return Chart.pods(release).entrySet().stream()
                .filter(pod -> selector.properties().stream()
                        .allMatch(it -> it.getValue()
                                .equals(pod.getValue().at("/metadata/labels").path(it.getKey()))))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @CsvSource({
        "api, http management, 53 5432 8333 80 443",
        "worker, management, 53 5432 8333",
        "migration, '', 53 5432"
    })
    void opensNoMorePortsThanAPodNeeds(String component, String in, String out) {
        JsonNode policy = Chart.one(Chart.render("kind"), "NetworkPolicy", "rel-likeness-" + component);

        assertThat(policy.at("/spec/policyTypes").values())
                .extracting(JsonNode::asString)
                .containsExactlyInAnyOrder("Ingress", "Egress");
        assertThat(ports(policy.at("/spec/ingress"))).isEqualTo(words(in));
        assertThat(ports(policy.at("/spec/egress"))).isEqualTo(words(out));
    }

    private static Set<String> ports(JsonNode rules) {
        return rules.findValues("port").stream().map(JsonNode::asString).collect(Collectors.toSet());
    }

    private static Set<String> words(String text) {
        return Stream.of(text.split(" ")).filter(it -> !it.isEmpty()).collect(Collectors.toSet());
    }

    @ParameterizedTest
    @ValueSource(strings = {"api", "worker"})
    void probesAPortThatThePodHas(String component) {
        JsonNode container = deployment("kind", component).at("/spec/template/spec/containers/0");

        assertThat(settings(Chart.render("kind"))).contains("port: 9090");
        assertThat(container.at("/ports"))
                .anyMatch(it -> it.at("/name").asString().equals("management")
                        && it.at("/containerPort").asInt() == 9090);
        assertThat(Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                        .map(it -> container.at("/" + it + "/httpGet/port").asString()))
                .containsOnly("management");
    }

    private static JsonNode deployment(String example, String component) {
        return Chart.one(Chart.render(example), "Deployment", "rel-likeness-" + component);
    }

    private static String settings(List<JsonNode> release) {
        return Chart.one(release, "ConfigMap", "rel-likeness")
                .at("/data/application.yml")
                .asString();
    }

    private static String checksum(List<JsonNode> release, String component) {
        return Chart.one(release, "Deployment", "rel-likeness-" + component)
                .at("/spec/template/metadata/annotations/checksum~1settings")
                .asString();
    }

    private static String variable(JsonNode container, String name) {
        return container
                .at("/env")
                .valueStream()
                .filter(it -> it.at("/name").asString().equals(name))
                .map(it -> it.at("/value").asString())
                .findFirst()
                .orElseThrow();
    }
}
