import Foundation

/// A script that runs a server in its own process, which notices when this process ends.
actor ServerControl {
    private let process = Process()
    private let input = Pipe()
    private let output = Pipe()

    init(script: String, directory: URL, arguments: [String] = []) throws {
        process.executableURL = URL(filePath: #filePath).appending(path: "../../../Scripts/\(script)").standardized
        process.arguments = [directory.path()] + arguments
        process.standardInput = input
        process.standardOutput = output
        try process.run()
    }

    deinit {
        // The end of its input tells it to remove everything.
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// Gives a command, and waits until it is done.
    func say(_ command: String) async throws {
        try input.fileHandleForWriting.write(contentsOf: Data("\(command)\n".utf8))
        let handle = output.fileHandleForReading
        let answer = await withCheckedContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(returning: handle.availableData) }
        }
        guard String(decoding: answer, as: UTF8.self) == "\(command): done\n" else {
            throw Failure(script: process.executableURL?.lastPathComponent ?? "", command: command)
        }
    }

    struct Failure: Error, CustomStringConvertible {
        let script: String
        let command: String

        var description: String { "Scripts/\(script) did not \(command). What it printed says why." }
    }
}
