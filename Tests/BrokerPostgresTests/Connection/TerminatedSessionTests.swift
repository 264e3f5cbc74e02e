import Foundation
import IdentityBroker
import Testing

@testable import BrokerPostgres

@Suite("A session that the server terminates", .timeLimit(.minutes(5)))
struct TerminatedSessionTests {
    private static let statements = [Statement("BEGIN"), Statement("INSERT"), Statement("COMMIT")]

    @Test("has committed if that was answered before its end, and is not used again")
    func afterCommit() throws {
        let server = try TerminatingServer(after: 3)
        let connection = try server.connection()
        let answers = try connection.run(Self.statements, within: .seconds(60))
        #expect(answers.map(\.command) == ["BEGIN", "INSERT 0 1", "COMMIT"])
        #expect(!connection.isOpen)
        do throws(PostgresFailure) {
            _ = try connection.run(Self.statements, within: .seconds(60))
            Issue.record("It was used again.")
        } catch {
            #expect(!error.mayHaveHappened)
        }
    }

    @Test("has committed nothing if there was no commit", arguments: 0...2)
    func withoutCommit(answers: Int) throws {
        let connection = try TerminatingServer(after: answers).connection()
        let statements = Self.statements.dropLast() + [Statement("ROLLBACK")]
        do throws(PostgresFailure) {
            _ = try connection.run(Array(statements), within: .seconds(60))
            Issue.record("It was answered.")
        } catch {
            #expect(error.kind == .unreachable && !error.mayHaveHappened)
        }
    }

    @Test(
        "may have committed only if its end is the answer to the commit",
        arguments: [(0, false), (1, false), (2, true)])
    func before(answers: Int, mayHaveHappened: Bool) throws {
        let connection = try TerminatingServer(after: answers).connection()
        do throws(PostgresFailure) {
            _ = try connection.run(Self.statements, within: .seconds(60))
            Issue.record("It was committed.")
        } catch {
            #expect(error.kind == .unreachable)
            #expect(error.mayHaveHappened == mayHaveHappened)
            #expect(!connection.recover(from: error))
        }
    }
}

/// Speaks as much of PostgreSQL's protocol as one transaction needs, and terminates the session after a number of its
/// statements, as `pg_terminate_backend` does (PostgreSQL, "Message Formats").
private struct TerminatingServer {
    private let directory: String

    init(after answers: Int) throws {
        directory = "/tmp/pg-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: false)
        let listener = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        try #require(listener >= 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: "\(directory)/.s.PGSQL.5432".utf8) }
        let isBound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(listener, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        try #require(isBound && listen(listener, 1) == 0)
        Thread.detachNewThread { [directory] in
            let client = accept(listener, nil, nil)
            close(listener)
            try? FileManager.default.removeItem(atPath: directory)
            Self.serve(client, after: answers)
            close(client)
        }
    }

    func connection() throws -> PostgresConnection {
        let url = Secret("postgresql://broker@/postgres?host=\(directory)")
        return try PostgresConnection(to: ConnectionTarget(url), within: .seconds(60))
    }

    private static func serve(_ client: Int32, after answers: Int) {
        guard let startup = length(from: client), bytes(startup, from: client) != nil else { return }
        let authenticationOk: [UInt8] = [0, 0, 0, 0]
        answer(message("R", authenticationOk) + message("Z", Array("I".utf8)), to: client)
        var reply: [UInt8] = []
        var executed = 0
        while let type = bytes(1, from: client)?.first, let count = length(from: client),
            bytes(count, from: client) != nil
        {
            switch Character(UnicodeScalar(type)) {
            case "P":
                guard executed < answers else { return answer(reply + end, to: client) }
                let words = ["BEGIN", "INSERT 0 1", "COMMIT"]
                reply += message("1", []) + message("2", []) + message("n", [])
                reply += message("C", Array(words[executed].utf8) + [0])
                executed += 1
            case "S": return answer(reply + end, to: client)
            default: break
            }
        }
    }

    private static var end: [UInt8] {
        message("E", Array("SFATAL\0VFATAL\0C57P01\0Mterminating connection due to administrator command\0\0".utf8))
    }

    private static func message(_ type: Character, _ contents: [UInt8]) -> [UInt8] {
        Array(String(type).utf8) + withUnsafeBytes(of: UInt32(contents.count + 4).bigEndian, Array.init) + contents
    }

    /// The number of bytes that follow a message's length.
    private static func length(from client: Int32) -> Int? {
        bytes(4, from: client).map { $0.reduce(0) { $0 << 8 | Int($1) } - 4 }
    }

    private static func bytes(_ count: Int, from client: Int32) -> [UInt8]? {
        // Reading nothing waits for something.
        guard count > 0 else { return [] }
        var bytes = [UInt8](repeating: 0, count: count)
        return recv(client, &bytes, count, Int32(MSG_WAITALL)) == count ? bytes : nil
    }

    private static func answer(_ bytes: [UInt8], to client: Int32) {
        _ = send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }
}
