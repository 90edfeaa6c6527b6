// Ends with 1 if this Node is too old for the build, as the field "engines" of package.json says.
const [major, minor] = process.versions.node.split('.').map(Number)
process.exitCode = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22 ? 0 : 1
