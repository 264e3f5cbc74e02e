import ArgumentParser
import BrokerSandbox
import BrokerService
import IdentityBroker

/// A command that receives its environment, instead of finding it in a global.
protocol RunnableCommand: ParsableCommand, Sendable {
    var common: CommonOptions { get }

    /// Whether the command ends by itself at `SIGINT` and `SIGTERM`. By default they cancel it.
    static var endsAtSignals: Bool { get }

    /// Whether the command handles `SIGHUP` itself. By default it requests the end, like `SIGTERM`.
    var handlesHangup: Bool { get }

    /// The failure to report if a signal ends the process while the command still works.
    var interruptedFailure: BrokerError { get }

    /// Runs the command and writes its result to standard output.
    ///
    /// It registers the shutdown of anything that outlives a call with ``Composition/end``.
    ///
    /// - Throws: ``BrokerError``, which becomes the failure report and the exit code.
    func run(in composition: Composition) async throws(BrokerError)
}

extension RunnableCommand {
    static var endsAtSignals: Bool { false }

    var handlesHangup: Bool { false }

    var interruptedFailure: BrokerError { BrokerError(.cancelled, "Interrupted before it finished.") }

    /// Runs the command, shuts down what it started, and returns how the process must end.
    func exitCode(in composition: Composition) async -> ExitCode {
        let outcome = await outcome(in: composition)
        let interruption = composition.interruption
        // The first signal requests the end, which is now happening. Another one requests it at once.
        let signals = max(2, interruption.count + 1)
        let ending = await composition.end.run(
            // A step that is still working will not release what it uses.
            within: outcome == nil || composition.end.hasAbandoned ? .seconds(1) : BrokerService.shutdownTime,
            unless: { await interruption.wait(for: signals) }
        )
        if case .cutShort(let name) = ending {
            composition.console.writeError("warning: gave up waiting for \(name) to end")
        }
        let isOrderly = ending == .complete && outcome != nil
        guard case .failure(let error) = outcome ?? .failure(interruptedFailure) else {
            return ExitCode(status: .success, isOrderly: isOrderly)
        }
        // Last, because the last line is the failure.
        composition.console.writeError(FailureReport(error).written(as: common.format))
        return ExitCode(status: ExitStatus(error.kind), isOrderly: isOrderly)
    }

    /// The command's result; nil if a signal ended it while it still works.
    private func outcome(in composition: Composition) async -> Result<Void, BrokerError>? {
        let work: @Sendable () async throws(BrokerError) -> Void = { () async throws(BrokerError) in
            try await run(in: composition)
        }
        if Self.endsAtSignals {
            do throws(BrokerError) { return .success(try await work()) } catch { return .failure(error) }
        }
        return await composition.interruption.cancelling(within: BrokerService.shutdownTime, work)
    }
}

/// A command's environment: the program's parts, and where it writes.
struct Composition: Sendable {
    let providers: ProviderRegistry
    let stores: StoreRegistry
    var sandboxes: [SandboxKind] = []
    let console: Console
    /// Traps signals from the start of the command to the end of the process.
    let interruption: Interruption
    /// Shuts down what the command starts.
    let end = OrderlyEnd()
}
