import Foundation
import IdentityBroker
import Testing

@testable import BrokerServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("The output of log lines", .timeLimit(.minutes(15)))
struct LogOutputTests {
    /// More than a pipe holds, in lines that it does not take in one piece.
    private static let lines = (0..<8).map { writer in
        Array(String(repeating: "\(writer)", count: 8_000).utf8) + [0x0A]
    }

    @Test("keeps lines whole among many writers, and loses none where the pipe is full", arguments: [false, true])
    func whole(isNonblocking: Bool) throws {
        let pipe = try LogPipe()
        if isNonblocking { try #require(fcntl(pipe.writing, F_SETFL, O_NONBLOCK) == 0) }
        let output = LogOutput(descriptor: pipe.writing)
        let writers = Locked(Self.lines.count)
        for line in Self.lines {
            // A writer that waits for room holds its thread, and tasks have few.
            Thread.detachNewThread {
                for _ in 0..<20 { output.write(line) }
                let isLast = writers.withLock { count in
                    count -= 1
                    return count == 0
                }
                if isLast { close(pipe.writing) }
            }
        }
        let read = pipe.text().split(separator: "\n")
        #expect(read.count == 8 * 20)
        #expect(read.allSatisfy { $0.utf8.count == 8_000 && Set($0.utf8).count == 1 })
    }

    @Test("goes on without a reader, and with a descriptor that is none")
    func noReader() throws {
        signal(SIGPIPE, SIG_IGN)
        let pipe = try LogPipe()
        close(pipe.reading)
        let output = LogOutput(descriptor: pipe.writing)
        output.write([0x0A])
        output.write([0x0A])
        close(pipe.writing)
        LogOutput(descriptor: -1).write([0x0A])
    }
}
