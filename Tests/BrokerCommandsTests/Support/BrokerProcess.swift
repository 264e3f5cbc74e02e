import Foundation
import Subprocess

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// The built `broker`, run as a user would.
struct BrokerProcess {
    /// The result of a run.
    struct Outcome {
        let status: Int32
        let output: String
        let error: String

        /// The last line of standard error, as JSON: the failure report.
        var failure: [String: Any]? {
            error.split(separator: "\n").last.flatMap { json($0)?["error"] as? [String: Any] }
        }

        /// Standard output as JSON.
        var result: [String: Any]? { json(output[...]) }

        private func json(_ text: Substring) -> [String: Any]? {
            (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any]
        }
    }

    /// The executable, which is next to the test bundle.
    static var path: FilePath {
        let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        return FilePath(tests.deletingLastPathComponent().appending(path: "broker").path())
    }

    /// An environment with only the given variables.
    private static func environment(_ variables: [String: String]) -> Environment {
        var environment: [Environment.Key: String] = ["PATH": "/usr/bin:/bin"]
        for (name, value) in variables { environment[Environment.Key(stringLiteral: name)] = value }
        // The child, which was built with sanitizers and coverage, gets their settings.
        for (name, value) in ProcessInfo.processInfo.environment where name.hasSuffix("SAN_OPTIONS") {
            environment[Environment.Key(stringLiteral: name)] = value
        }
        return .custom(environment)
    }

    /// Runs `broker` to its end.
    static func run(
        _ arguments: String...,
        input: String = "",
        variables: [String: String] = [:],
        directory: String? = nil
    ) async throws -> Outcome {
        try await run(arguments, input: input, variables: variables, directory: directory)
    }

    /// Runs `broker` to its end, on the first of the cores that this process may use (proc(5), `Cpus_allowed_list`).
    static func runOnOneCore(_ arguments: String...) async throws -> Outcome {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let cores = status.split(separator: "\n").first { $0.hasPrefix("Cpus_allowed_list:") } ?? ""
        let core = cores.drop { !$0.isNumber }.prefix { $0.isNumber }
        return try await run(program: .name("taskset"), ["-c", String(core), path.string] + arguments)
    }

    /// Runs `broker` in a shell, followed by redirections. Descriptor 4 is a pipe without a reader.
    static func shell(
        _ command: String,
        _ redirection: String,
        in directory: String,
        variables: [String: String] = [:]
    ) async throws -> Outcome {
        try await shell(
            program: """
                mkfifo unread && exec 3<>unread 4>unread 3<&-
                \(path.string) \(command) \(redirection)
                """,
            in: directory,
            variables: variables
        )
    }

    /// Runs a shell script.
    static func shell(
        program script: String,
        in directory: String,
        variables: [String: String] = [:]
    ) async throws -> Outcome {
        try await run(program: .name("bash"), ["-c", script], variables: variables, directory: directory)
    }

    /// Runs `broker` to its end.
    static func run(
        _ arguments: [String],
        input: String = "",
        variables: [String: String] = [:],
        directory: String? = nil
    ) async throws -> Outcome {
        try await run(program: .path(path), arguments, input: input, variables: variables, directory: directory)
    }

    private static func run(
        program: Executable,
        _ arguments: [String],
        input: String = "",
        variables: [String: String] = [:],
        directory: String? = nil
    ) async throws -> Outcome {
        // A file rather than a pipe: a process may end without reading all its input.
        let file = try InputFile(input)
        let result = try await Subprocess.run(
            program,
            arguments: Arguments(arguments),
            environment: environment(variables),
            workingDirectory: directory.map { FilePath($0) },
            input: .fileDescriptor(file.open(), closeAfterSpawningProcess: true),
            output: .string(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        let status: Int32 =
            switch result.terminationStatus {
            case .exited(let code): Int32(code)
            case .signaled(let signal): -Int32(signal)
            }
        return Outcome(status: status, output: result.standardOutput, error: result.standardError)
    }
}

/// The standard input of a process, in a file that is removed with this value.
struct InputFile: ~Copyable {
    private let path: String

    init(_ text: String) throws {
        path = FileManager.default.temporaryDirectory.appending(path: "input-\(UUID().uuidString)").path()
        try Data(text.utf8).write(to: URL(filePath: path))
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// Opens the file for reading.
    func open() throws -> FileDescriptor {
        try FileDescriptor.open(FilePath(path), .readOnly)
    }
}
