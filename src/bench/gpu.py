"""Measures Likeness on a machine with one NVIDIA GPU, which needs no network.

    python gpu.py OUT [--device cuda:0] [--seconds 480] [--java JAVA] [--class-path PATH] [--jni FOLDER] [--parts NAME,NAME]

The Python has PyTorch for CUDA, diffusers, transformers and peft. Its libraries of PyTorch are also those of Likeness: the JNI library
of DJL is compiled against them from FOLDER. Every part has its own time limit. The lines of a part are in OUT/results.jsonl and on
the standard output when the part ends, also when it fails or is cut. With --device cpu every part does a little of the same work on the
bundled model. src/docs/performance.md has more.
"""

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
GIB = 1 << 30

# Of the whole, in seconds. The measurement of a part starts when its model is written.
LIMITS = {"natives": 120, "parity": 90, "dreambooth": 90, "lora": 120, "full": 75, "diffusers": 90, "compiled": 150}


def options(size, steps, device):
    """Options of the benchmark: on the CPU little work, and the bundled model."""
    if device == "cpu":
        return ["--model", "tiny-world", "--steps", "2", "--warmup", "1", "--batch", "1", "--threads", "1"]
    model, side = size
    return ["--model", model, "--side", str(side), "--steps", str(steps), "--warmup", "5", "--batch", "1"]


class Parts:
    """What is measured, in this order."""

    def __init__(self, arguments):
        self.arguments = arguments
        self.out = Path(arguments.out).resolve()
        self.scratch = self.out / "scratch"
        self.models = self.scratch / "models"
        self.gpu = arguments.device != "cpu"
        self.environment = dict(os.environ, OPT_OUT_TRACKING="true", GOMP_SPINCOUNT="10000")
        if not self.gpu:
            # The compiler for CPUs takes minutes.
            self.environment["PEER_COMPILER"] = "aot_eager"
        site = HERE.parent.parent / "site"
        if site.exists():
            self.environment["PYTHONPATH"] = f"{site}:{os.environ.get('PYTHONPATH', '')}"
        self.deadline = time.monotonic() + arguments.seconds
        self.scratch.mkdir(parents=True, exist_ok=True)
        self.results = (self.out / "results.jsonl").open("a")
        self.models_writer = None
        if self.gpu and any(each in arguments.parts for each in ("dreambooth", "lora", "full", "diffusers", "compiled")):
            log = (self.scratch / "models.log").open("w")
            self.models_writer = subprocess.Popen(
                self.java("BenchModels", str(self.models), "sd15", "sdxl"), stdout=log, stderr=log, start_new_session=True
            )

    def java(self, name, *arguments):
        return [self.arguments.java, "-cp", self.arguments.class_path, f"dev.likeness.bench.{name}", *arguments]

    def write(self, line):
        text = json.dumps(line)
        print(text, flush=True)
        self.results.write(text + "\n")
        self.results.flush()
        os.fsync(self.results.fileno())

    def run(self):
        for name in self.arguments.parts:
            began = time.monotonic()
            limit = max(0, min(LIMITS[name], self.deadline - began))
            outcome = "no time left"
            if limit > 0:
                try:
                    outcome = getattr(self, name)(began + limit)
                except Exception as error:
                    outcome = f"{type(error).__name__}: {error}"
            self.write({"part": name, "outcome": outcome, "seconds": round(time.monotonic() - began, 1), "limit": round(limit, 1)})
        if self.models_writer is not None and self.models_writer.poll() is None:
            os.killpg(self.models_writer.pid, signal.SIGKILL)

    # One program.

    def call(self, command, end, name, each_line=None, directory=HERE.parent.parent):
        """Runs a command until its end or that of the part, and returns what became of it."""
        log = self.scratch / f"{name}.log"
        with log.open("w") as errors:
            process = subprocess.Popen(
                command, stdout=subprocess.PIPE, stderr=errors, text=True, env=self.environment, cwd=directory, start_new_session=True
            )
            with ThreadPoolExecutor(1) as reader:
                reading = reader.submit(self.read, process, each_line)
                try:
                    code = process.wait(max(0.1, end - time.monotonic()))
                    outcome = "done" if code == 0 else f"exit code {code}: {log.read_text()[-1500:]}"
                except subprocess.TimeoutExpired:
                    outcome = "cut"
                # Also the programs that it has started.
                try:
                    os.killpg(process.pid, signal.SIGKILL)
                except ProcessLookupError:
                    pass
                process.wait()
                reading.result()
        return outcome

    @staticmethod
    def read(process, each_line):
        for line in process.stdout:
            if each_line is not None and line.startswith("{"):
                each_line(json.loads(line))

    def bench(self, end, name, *arguments):
        """Runs the benchmark, and returns the outcome and the lines, of which there are some also if it was cut."""
        model = arguments[arguments.index("--model") + 1]
        while model in ("sd15", "sdxl") and not (self.models / model).exists():
            if self.models_writer.poll() is not None or time.monotonic() > end:
                return f"the model {model} was not written: {(self.scratch / 'models.log').read_text()[-1500:]}", []
            time.sleep(0.2)
        file = self.scratch / f"{name}.jsonl"
        file.unlink(missing_ok=True)
        # A rerun in the same folder must not take the lines of the first.
        command = self.java("Bench", *arguments, "--device", self.arguments.device, "--scratch", str(self.scratch / name))
        command += ["--models", str(self.models), "--out", str(file)]
        outcome = self.call(command, end, name)
        lines = [json.loads(line) for line in file.read_text().splitlines()] if file.exists() else []
        for line in lines:
            self.write(dict(line, of_part=name))
        return outcome, lines

    def goal(self, goal, lines, key, unit, wanted, met):
        ours = [line[key] for line in lines if line.get("by") == "likeness"]
        value = ours[0] / unit if ours and isinstance(ours[0], (int, float)) else None
        # On the CPU it is another size, and its memory is not a device's.
        met = met(value, wanted) if self.gpu and value is not None else None
        self.write({"goal": goal, "wanted": wanted, "measured": value, "met": met})

    # The parts. Each returns its outcome.

    def natives(self, end):
        """Compiles DJL's JNI library against this Python's PyTorch, and lets Likeness use both."""
        if not self.arguments.jni:
            return "not needed" if not self.gpu else "--jni is missing: the libraries on the class path are used"
        import torch
        from torch.utils import cpp_extension

        version = torch.__version__.split("+")[0]
        lib = Path(torch.__file__).parent / "lib"
        sources = Path(self.arguments.jni).resolve()
        # As DJL looks for it: version, flavor and processor, and DJL's version.
        cache = self.scratch / "djl"
        flavor = "cu128" if (lib / "libtorch_cuda.so").exists() else "cpu"
        folder = cache / "pytorch" / f"{version}-{flavor}-linux-x86_64"
        library = folder / f"{(sources / 'djl-version').read_text().strip()}-libdjl_torch.so"
        folder.mkdir(parents=True, exist_ok=True)
        includes = [f"-I{each}" for each in (sources / "include", sources, *cpp_extension.include_paths())]
        compile = ["g++", "-std=c++20", "-O1", "-fPIC", "-w", "-c", f"-D_GLIBCXX_USE_CXX11_ABI={int(torch.compiled_with_cxx11_abi())}"]
        objects = []
        commands = []
        for source in sorted(sources.glob("*.cc")):
            objects.append(str(folder / f"{source.stem}.o"))
            commands.append([*compile, *includes, str(source), "-o", objects[-1]])
        if not library.exists():
            with ThreadPoolExecutor(os.cpu_count()) as pool:
                outcomes = list(pool.map(lambda it: self.call(it[1], end, f"natives-{it[0]}"), enumerate(commands)))
            failed = [each for each in outcomes if each != "done"]
            if failed:
                return failed[0]
            partial = folder / "partial.so"
            libraries = ["-Wl,--no-as-needed", "-ltorch", "-ltorch_cpu", "-lc10"]
            linked = self.call(["g++", "-shared", "-o", str(partial), *objects, f"-L{lib}", *libraries], end, "natives-link")
            if linked != "done":
                return linked
            partial.rename(library)
        self.environment.update(
            DJL_CACHE_DIR=str(cache),
            PYTORCH_LIBRARY_PATH=str(lib),
            PYTORCH_VERSION=version,
            PYTORCH_FLAVOR=flavor,
            # Python's own, which DJL would load too.
            PYTORCH_LIBRARY_EXCLUSION=",".join(each.name for each in lib.glob("*.so*") if each.name.startswith(NOT_LIKENESS)),
        )
        return "done"

    def parity(self, end):
        command = self.java("Parity", self.arguments.device, *([] if self.gpu else ["tiny-sd1/unet"]))
        self.environment["NVIDIA_TF32_OVERRIDE"] = "0"
        try:
            return self.call(command, end, "parity", self.write)
        finally:
            del self.environment["NVIDIA_TF32_OVERRIDE"]

    def dreambooth(self, end):
        arguments = options(("sd15", 512), 40, self.arguments.device)
        outcome, lines = self.bench(end, "dreambooth", "--workloads", "train-full-prior-bf16", "--repetitions", "1", *arguments)
        self.goal("SD 1.5 DreamBooth with prior, 512 px, bf16: steps a second", lines, "steps_per_second", 1, 8, float.__ge__)
        return outcome

    def lora(self, end):
        arguments = options(("sdxl", 1024), 5, self.arguments.device)
        outcome, lines = self.bench(end, "lora", "--workloads", "train-lora-bf16-checkpointing", "--repetitions", "1", *arguments)
        self.goal("SDXL LoRA, 1024 px: peak GiB", lines, "peak_device_bytes", GIB, 16, float.__lt__)
        return outcome

    def full(self, end):
        arguments = options(("sd15", 512), 5, self.arguments.device)
        outcome, lines = self.bench(end, "full", "--workloads", "train-full-bf16-8bit-checkpointing", "--repetitions", "1", *arguments)
        self.goal("SD 1.5 full training, 512 px: peak GiB", lines, "peak_device_bytes", GIB, 12, float.__lt__)
        return outcome

    def diffusers(self, end):
        return self.beside(end, "diffusers", "same")

    def compiled(self, end):
        return self.beside(end, "compiled", "compile")

    def beside(self, end, name, mode):
        arguments = options(("sd15", 512), 40, self.arguments.device)
        peer = ["--peer", sys.executable, "--peer-mode", mode, "--repetitions", "1"]
        return self.bench(end, name, "--workloads", "train-full-prior-bf16", *peer, *arguments)[0]


# Beginnings of names of libraries in PyTorch's wheel.
NOT_LIKENESS = ("libtorch_python", "libshm", "libbackend_with_compiler", "libjitbackend", "libtorchbind", "libaoti_custom")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("out", help="folder for the results")
    parser.add_argument("--device", default="cuda:0", help="cuda:0, or cpu for a trial of this script")
    parser.add_argument("--seconds", type=float, default=480, help="time for all parts together")
    packed = HERE.parent.parent / "jre" / "bin" / "java"
    parser.add_argument("--java", default=str(packed) if packed.exists() else shutil.which("java"))
    parser.add_argument("--class-path", default=os.environ.get("CLASSPATH") or pack_class_path())
    jni = HERE.parent.parent / "jni"
    parser.add_argument("--jni", default=str(jni) if jni.exists() else None, help="folder with the source of DJL's JNI library")
    parser.add_argument("--parts", type=lambda text: text.split(","), default=list(LIMITS))
    arguments = parser.parse_args()
    unknown = [each for each in arguments.parts if each not in LIMITS]
    if unknown:
        parser.error(f"there is no part {unknown[0]}; the parts are {', '.join(LIMITS)}")
    if not arguments.java or not arguments.class_path:
        parser.error("name Java with --java and the class path with --class-path")
    Parts(arguments).run()


def pack_class_path():
    """Of an archive that pack.py has made."""
    root = HERE.parent.parent
    return ":".join([str(root / "classes"), *sorted(str(each) for each in (root / "lib").glob("*.jar"))]) if (root / "lib").exists() else None


if __name__ == "__main__":
    main()
