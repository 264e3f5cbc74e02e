import Foundation
import IdentityBroker
import Testing

@testable import BrokerObservability

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("The output of log lines", .timeLimit(.minutes(15)))
struct LogOutputTests {
    /// More than a pipe's capacity, in lines that it does not accept in one piece.
    private static let lines = (0..<8).map { writer in
        Array(String(repeating: "\(writer)", count: 8_000).utf8) + [0x0A]
    }

    private func write(to output: LogOutput) {
        for line in Self.lines {
            Thread.detachNewThread { for _ in 0..<20 { output.write(line) } }
        }
    }

    @Test("keeps lines whole among many writers, and loses none if the pipe is full", arguments: [false, true])
    func whole(isNonblocking: Bool) throws {
        let pipe = try LogPipe()
        if isNonblocking { try #require(fcntl(pipe.writing, F_SETFL, O_NONBLOCK) == 0) }
        write(to: LogOutput(descriptor: pipe.writing))
        // The output has a duplicate, which it closes once everything is written and the output is released.
        close(pipe.writing)
        let read = pipe.text().split(separator: "\n")
        #expect(read.count == 8 * 20)
        #expect(read.allSatisfy { $0.utf8.count == 8_000 && Set($0.utf8).count == 1 })
    }

    @Test(
        "never waits for a stalled reader: it drops and counts lines without room, and reports them later")
    func stalled() async throws {
        let pipe = try LogPipe()
        let registry = PrometheusRegistry()
        do {
            let output = LogOutput(descriptor: pipe.writing, metrics: registry)
            close(pipe.writing)
            // One and a half times the capacity of the pipe, the writer and the buffer.
            for _ in 0..<8 { for _ in 0..<100 { output.write(Self.lines[0]) } }
            // Flushing waits as long as it is told, and no longer.
            await output.flush(within: .milliseconds(10))
        }
        let read = pipe.text().split(separator: "\n")
        let reports = read.filter { $0.contains("log lines were dropped") }
        let dropped = 800 - (read.count - reports.count)
        // The writer may empty the buffer once before it stalls, and reach a gap while lines are still logged.
        let most = 2 * (2 * 1024 * 1024 / 8_001) + 65_536 / 8_001
        #expect(dropped >= 800 - most)
        let reported = try reports.map { report in
            try #require(Int(report.split(separator: "\"broker.log.dropped\":").last?.prefix(while: \.isNumber) ?? ""))
        }
        #expect(!reports.isEmpty && reported.reduce(0, +) == dropped)
        #expect(registry.text().contains("broker_log_lines_dropped_total \(dropped)"))
    }

    @Test("has written everything after a flush")
    func flushed() async throws {
        let pipe = try LogPipe()
        let output = LogOutput(descriptor: pipe.writing)
        for number: UInt8 in 0..<100 { output.write([number, 0x0A]) }
        await output.flush(within: .seconds(60))
        var bytes = [UInt8](repeating: 0, count: 1_000)
        #expect(read(pipe.reading, &bytes, bytes.count) == 200)
        close(pipe.reading)
        close(pipe.writing)
    }

    @Test("continues without a reader, which could end the process, and with an invalid descriptor")
    func noReader() async throws {
        await #expect(processExitsWith: .success) {
            signal(SIGPIPE, SIG_DFL)
            let pipe = try LogPipe()
            close(pipe.reading)
            let output = LogOutput(descriptor: pipe.writing)
            for _ in 0..<3 {
                output.write([0x0A])
                await output.flush(within: .seconds(60))
            }
            let closed = LogOutput(descriptor: -1)
            closed.write([0x0A])
            await closed.flush(within: .seconds(60))
        }
    }

    @Test("continues on a full disk, and counts lost lines")
    func full() async throws {
        let descriptor = open("/dev/full", O_WRONLY)
        try #require(descriptor >= 0)
        let registry = PrometheusRegistry()
        let output = LogOutput(descriptor: descriptor, metrics: registry)
        for _ in 0..<3 { output.write([0x0A]) }
        await output.flush(within: .seconds(60))
        #expect(registry.text().contains("broker_log_lines_dropped_total 3"))
        close(descriptor)
    }
}
