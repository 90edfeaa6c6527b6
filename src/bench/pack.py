"""Packs what gpu.py needs besides PyTorch into one archive, for a machine without a network.

    python pack.py ARCHIVE --class-path PATH --djl FOLDER [--jdk FOLDER] [--site FOLDER]...

ARCHIVE is a .tar.xz. PATH begins with the compiled checkout's target/test-classes and target/classes. The jars in the archive are
those whose classes a run of gpu.py on the CPU loads, for which this Python needs PyTorch. FOLDER of --djl is DJL's repository in the
version of pom.xml; --site folders hold Python packages that the other machine lacks. src/docs/performance.md has more.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent

MODULES = "java.desktop,java.instrument,java.logging,java.management,java.naming,java.net.http,java.sql,jdk.management,jdk.unsupported,jdk.zipfs"

# Of the compiled classes and resources. The models are made on the other machine.
LEFT_OUT = {
    "classes": ("models/likeness",),
    "test-classes": ("pictures", "photos", "adapters", "goldens/tiny-vision", "goldens/tiny-dinov2", "goldens/tiny-blip", "goldens-vae"),
}

NATIVE = re.compile(r"\.(so|dll|dylib|jnilib|a)(\.\d+)*$")


def loaded(class_path, jdk):
    """The jars of which a trial run loads classes."""
    with tempfile.TemporaryDirectory() as folder:
        environment = dict(os.environ, JAVA_TOOL_OPTIONS=f"-Xlog:class+load:file={folder}/%p.txt")
        command = [sys.executable, str(ROOT / "src/bench/gpu.py"), folder, "--device", "cpu", "--java", str(jdk / "bin/java")]
        command += ["--class-path", class_path, "--parts", "parity,dreambooth"]
        subprocess.run(command, check=True, env=environment, stdout=sys.stderr)
        sources = set()
        for log in Path(folder).glob("*.txt"):
            sources.update(re.findall(r"source: (?:jar:)?file:(\S+?\.jar)", log.read_text(errors="replace")))
    return sorted(sources)


def slim(jar, target):
    """Copies a jar without the native libraries of other platforms."""
    with zipfile.ZipFile(jar) as whole, zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as part:
        for entry in whole.infolist():
            if not NATIVE.search(entry.filename) or (re.search("linux-x86[-_]64", entry.filename) and "/cu" not in entry.filename):
                part.writestr(entry.filename, whole.read(entry))


def classes(source, target, left_out):
    def ignored(folder, names):
        inside = Path(folder).relative_to(source)
        return [each for each in names if str(inside / each) in left_out]

    shutil.copytree(source, target, ignore=ignored, dirs_exist_ok=True)


def jni(djl, jdk, class_path, target):
    """The source of DJL's JNI library, with the headers that are made from Java's classes."""
    native = djl / "engines/pytorch/pytorch-native/src/main/native"
    shutil.copytree(native, target)
    include = target / "include"
    shutil.copytree(djl / "api/src/main/native", include)
    for each in ("jni.h", "linux/jni_md.h"):
        shutil.copy(jdk / "include" / each, include)
    java = djl / "engines/pytorch/pytorch-engine/src/main/java"
    with tempfile.TemporaryDirectory() as folder:
        library = str(java / "ai/djl/pytorch/jni/PyTorchLibrary.java")
        command = [str(jdk / "bin/javac"), "-nowarn", "-cp", class_path, "-h", str(include), "-d", folder, library]
        subprocess.run(command, check=True)
    version = re.search(r"<djl.version>(.*)</djl.version>", (ROOT / "pom.xml").read_text()).group(1)
    (target / "djl-version").write_text(version)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("archive", type=Path)
    parser.add_argument("--class-path", required=True)
    parser.add_argument("--djl", type=Path, required=True)
    parser.add_argument("--jdk", type=Path, default=Path(shutil.which("javac") or "/").resolve().parent.parent)
    parser.add_argument("--site", type=Path, action="append", default=[])
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        pack = Path(folder)
        (pack / "lib").mkdir()
        for jar in loaded(arguments.class_path, arguments.jdk):
            slim(jar, pack / "lib" / Path(jar).name)
        for name, left_out in LEFT_OUT.items():
            classes(ROOT / "target" / name, pack / "classes", left_out)
        jni(arguments.djl, arguments.jdk, arguments.class_path, pack / "jni")
        image = [str(arguments.jdk / "bin/jlink"), "--add-modules", MODULES, "--strip-debug", "--no-man-pages", "--no-header-files"]
        subprocess.run([*image, "--output", str(pack / "jre")], check=True)
        for site in arguments.site:
            shutil.copytree(site, pack / "site", dirs_exist_ok=True, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "src/bench", pack / "src/bench", ignore=shutil.ignore_patterns("__pycache__"))
        with tarfile.open(arguments.archive, "w:xz") as archive:
            for each in sorted(pack.iterdir()):
                archive.add(each, each.name)
        for each in sorted(pack.iterdir()):
            size = sum(file.stat().st_size for file in each.rglob("*") if file.is_file())
            print(f"{size / 1e6:8.1f} MB {each.name}")
    print(f"{arguments.archive.stat().st_size / 1e6:8.1f} MB {arguments.archive}")


if __name__ == "__main__":
    main()
