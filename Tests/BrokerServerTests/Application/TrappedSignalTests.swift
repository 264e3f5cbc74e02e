import BrokerTesting
import Logging
import ServiceLifecycle
import Testing

@testable import BrokerServer

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

@Suite("A program that leaves signals to the service", .timeLimit(.minutes(5)))
struct TrappedSignalTests {
    @Test("ends in order at the first signal", arguments: [SIGTERM, SIGINT])
    func first(signal: CInt) async {
        await #expect(processExitsWith: .success) { [signal] in
            try await StopSignals(logger: .quiet, awaiting: nil).run([Raiser(signals: [signal], isStubborn: false)]) {
                _ in
            }
        }
    }

    @Test("ends at once at the second signal, whatever still runs")
    func second() async {
        await #expect(processExitsWith: .success) {
            let raiser = Raiser(signals: [SIGTERM, SIGINT], isStubborn: true)
            try await StopSignals(logger: .quiet, awaiting: nil).run([raiser]) { _ in }
        }
    }
}

/// Sends signals to its own process, and ends when it is shut down, or only when it is cancelled.
private struct Raiser: Service {
    let signals: [CInt]
    let isStubborn: Bool

    func run() async throws {
        for signal in signals { kill(getpid(), signal) }
        try await gracefulShutdown()
        if isStubborn { await waitForCancellation() }
    }
}

extension Logger {
    fileprivate static var quiet: Logger { Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }) }
}
