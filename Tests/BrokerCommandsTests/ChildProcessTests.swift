import Foundation
import Testing

@testable import BrokerCommands

@Suite("A program that outlives a command", .timeLimit(.minutes(2)))
struct ChildProcessTests {
    private func run(_ script: String, variables: [String: String] = ["PATH": "/usr/bin:/bin"]) throws {
        let process = try #require(ChildProcess("sh", ["-c", script], variables: variables))
        process.wait()
    }

    @Test("blocks and ignores no signal, whatever this process does")
    func signals() throws {
        let workspace = try Workspace()
        let path = "\(workspace.directory)/signals"
        var (blocked, previous) = (sigset_t(), sigset_t())
        sigfillset(&blocked)
        pthread_sigmask(SIG_BLOCK, &blocked, &previous)
        defer { pthread_sigmask(SIG_SETMASK, &previous, nil) }
        try run("exec grep -E '^Sig(Blk|Ign):' /proc/self/status > \(path)")
        let lines = try String(contentsOfFile: path, encoding: .utf8).split(separator: "\n")
        let masks = lines.compactMap { line in line.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) } }
        // The C library keeps the first real-time signals to itself.
        #expect(masks.map { $0 & 0x7fff_ffff } == [0, 0])
    }

    @Test("has its own variables, and no descriptors")
    func inheritance() throws {
        let workspace = try Workspace()
        let path = "\(workspace.directory)/inheritance"
        let descriptor = fcntl(2, F_DUPFD, 500)
        try #require(descriptor >= 500)
        defer { close(descriptor) }
        try run("{ env; ls /proc/$$/fd; } > \(path)", variables: ["PATH": "/usr/bin:/bin", "NAME": "value"])
        let text = try String(contentsOfFile: path, encoding: .utf8)
        #expect(text.contains("NAME=value\n") && !text.contains("HOME="))
        #expect(!text.split(separator: "\n").contains("\(descriptor)"))
    }

    @Test("need not exist")
    func missing() {
        #expect(ChildProcess("no-such-program", [], variables: [:]) == nil)
    }
}
