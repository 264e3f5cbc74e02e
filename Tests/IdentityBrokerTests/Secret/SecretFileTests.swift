import Foundation
import IdentityBroker
import Testing

@Suite("A secret in a file of this computer")
final class SecretFileTests {
    private let directory: URL

    init() throws {
        directory = FileManager.default.temporaryDirectory.appending(path: "secret-file-tests-\(UUID())")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: false)
    }

    deinit {
        // Someone else may already have cleaned up.
        try? FileManager.default.removeItem(at: directory)
    }

    private func refusal(of path: String) throws -> BrokerError {
        try #require(throws: BrokerError.self) { _ = try SecretResolver.process.resolve(.file(path)) }
    }

    @Test("is read")
    func read() throws {
        let file = directory.appending(path: "secret")
        try Data("abc\n".utf8).write(to: file)
        #expect(try SecretResolver.process.resolve(.file(file.path)) == Secret("abc"))
    }

    @Test("is not searched for in a directory, or at a path without a file")
    func unreadable() throws {
        #expect(try refusal(of: directory.path).message.contains("cannot be read"))
        #expect(try refusal(of: directory.appending(path: "none").path).message.contains("cannot be read"))
    }

    @Test("does not fill the memory if it has no end")
    func endless() throws {
        #expect(try refusal(of: "/dev/zero").message.contains("longer than 64 KiB"))
    }

    @Test("does not hang the program if it is a pipe without a writer")
    func pipe() throws {
        let path = directory.appending(path: "pipe").path
        try #require(mkfifo(path, 0o600) == 0)
        #expect(try refusal(of: path).kind == .misconfigured)
    }

    @Test("may also be in a variable")
    func variable() throws {
        let path = try #require(ProcessInfo.processInfo.environment["PATH"])
        #expect(try SecretResolver.process.resolve(.environment("PATH")) == Secret(path))
    }
}
