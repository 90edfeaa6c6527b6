{{- define "likeness.name" -}}
{{ default .Chart.Name .Values.nameOverride | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- define "likeness.fullname" -}}
{{- if .Values.fullnameOverride -}}
{{ .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else if contains (include "likeness.name" .) .Release.Name -}}
{{ .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else -}}
{{ printf "%s-%s" .Release.Name (include "likeness.name" .) | trunc 50 | trimSuffix "-" }}
{{- end -}}
{{- end }}

{{- define "likeness.selector" -}}
app.kubernetes.io/name: {{ include "likeness.name" . }}
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "likeness.labels" -}}
{{ include "likeness.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end }}

{{/* The home folder of the image's user. */}}
{{- define "likeness.home" -}}
/var/lib/likeness
{{- end }}

{{- define "likeness.image" -}}
{{ .Values.image.repository }}:{{ default .Chart.AppVersion .Values.image.tag }}
{{- end }}

{{- define "likeness.worker.image" -}}
{{ default .Values.image.repository .Values.worker.image.repository }}:{{ coalesce .Values.worker.image.tag .Values.image.tag .Chart.AppVersion }}
{{- end }}

{{- define "likeness.publicUrl" -}}
{{- if .Values.publicUrl -}}
{{ .Values.publicUrl }}
{{- else if .Values.ingress.enabled -}}
{{ ternary "https" "http" (not (empty .Values.ingress.tlsSecret)) }}://{{ .Values.ingress.host }}
{{- else if and .Values.httpRoute.enabled .Values.httpRoute.hostnames -}}
https://{{ first .Values.httpRoute.hostnames }}
{{- end -}}
{{- end }}

{{- define "likeness.jdbcUrl" -}}
{{- with .Values.database -}}
jdbc:postgresql://{{ required "database.host is missing" .host }}:{{ .port }}/{{ .name }}?sslmode={{ .sslMode }}
{{- if .rootCertificate }}&sslrootcert=/etc/likeness/database/ca.crt{{ end -}}
{{- end -}}
{{- end }}

{{/* The port of a URL. */}}
{{- define "likeness.port" -}}
{{- $url := urlParse . -}}
{{- $port := regexFind ":[0-9]+$" $url.host -}}
{{- if $port }}{{ trimPrefix ":" $port }}{{ else }}{{ ternary 80 443 (eq $url.scheme "http") }}{{ end -}}
{{- end }}

{{/* A variable whose value is in a Secret: name, secret, key. */}}
{{- define "likeness.secretVariable" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 }}
      key: {{ index . 2 }}
{{- end }}

{{- define "likeness.databaseSecret" -}}
{{ required "database.existingSecret is missing" .Values.database.existingSecret }}
{{- end }}

{{/* Environment variables of API and workers. */}}
{{- define "likeness.environment" -}}
- name: SPRING_CONFIG_ADDITIONALLOCATION
  value: {{ ternary "/etc/likeness/settings/,/etc/likeness/secrets/" "/etc/likeness/settings/" (not (empty .Values.secretSettings)) }}
{{ include "likeness.secretVariable" (list "SPRING_DATASOURCE_USERNAME" (include "likeness.databaseSecret" .) .Values.database.usernameKey) }}
{{ include "likeness.secretVariable" (list "SPRING_DATASOURCE_PASSWORD" (include "likeness.databaseSecret" .) .Values.database.passwordKey) }}
{{- with .Values.storage }}
{{- if .existingSecret }}
{{ include "likeness.secretVariable" (list "LIKENESS_ARTIFACTS_S3_ACCESSKEY" .existingSecret .accessKeyKey) }}
{{ include "likeness.secretVariable" (list "LIKENESS_ARTIFACTS_S3_SECRETKEY" .existingSecret .secretKeyKey) }}
{{- end }}
{{- end }}
{{- with .Values.hub }}
{{- if .existingSecret }}
{{ include "likeness.secretVariable" (list "LIKENESS_HUB_TOKEN" .existingSecret .tokenKey) }}
{{- end }}
{{- end }}
{{- end }}

{{- define "likeness.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end }}

{{- define "likeness.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end }}

{{- define "likeness.volumeMounts" -}}
- name: temporary
  mountPath: /tmp
- name: home
  mountPath: {{ include "likeness.home" . }}
- name: settings
  mountPath: /etc/likeness/settings
  readOnly: true
{{- if .Values.secretSettings }}
- name: secrets
  mountPath: /etc/likeness/secrets
  readOnly: true
{{- end }}
{{- if .Values.database.rootCertificate }}
- name: database
  mountPath: /etc/likeness/database
  readOnly: true
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{/* Arguments: the chart's values, and the disk of one kind of pod. */}}
{{- define "likeness.volumes" -}}
{{- $root := index . 0 -}}
{{- $disk := index . 1 -}}
- name: temporary
  emptyDir:
    sizeLimit: {{ $disk.temporary }}
- name: home
  emptyDir:
    sizeLimit: {{ $disk.home }}
- name: settings
  configMap:
    name: {{ include "likeness.fullname" $root }}
{{- with $root.Values.secretSettings }}
- name: secrets
  secret:
    secretName: {{ . }}
{{- end }}
{{- include "likeness.rootCertificate" $root }}
{{- with $root.Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "likeness.rootCertificate" -}}
{{- with .Values.database.rootCertificate }}
- name: database
  configMap:
    name: {{ . }}
{{- end }}
{{- end }}

{{/* Liveness and readiness probes, at the port that is open to the cluster only. */}}
{{- define "likeness.probes" -}}
ports:
  {{- with . }}
  - name: {{ . }}
    containerPort: 8080
  {{- end }}
  - name: management
    containerPort: 9090
startupProbe:
  httpGet: {path: /actuator/health/liveness, port: management}
  periodSeconds: 5
  failureThreshold: 84
livenessProbe:
  httpGet: {path: /actuator/health/liveness, port: management}
  periodSeconds: 10
  timeoutSeconds: 5
  failureThreshold: 6
readinessProbe:
  httpGet: {path: /actuator/health/readiness, port: management}
  periodSeconds: 5
  timeoutSeconds: 5
{{- end }}

{{/* Node selection of one kind of pod. */}}
{{- define "likeness.placement" -}}
{{- with .nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- end }}

{{/* One rule of a NetworkPolicy: "from" or "to", peers, ports. */}}
{{- define "likeness.rule" -}}
- ports:
    {{- range index . 2 }}
    - {protocol: TCP, port: {{ . }}}
    {{- end }}
  {{- with index . 1 }}
  {{ index $ 0 }}:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}

{{/* Labels and annotations of an alert: severity, summary, runbook. */}}
{{- define "likeness.alert" -}}
labels:
  severity: {{ .severity }}
annotations:
  summary: {{ .summary | quote }}
  {{- with .runbook }}
  runbook_url: {{ . }}#what-to-do
  {{- end }}
{{- end }}
