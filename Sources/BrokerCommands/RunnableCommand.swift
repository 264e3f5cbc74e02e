import ArgumentParser
import IdentityBroker

/// A command that is handed what it works with, instead of finding it in a global.
protocol RunnableCommand: ParsableCommand {
    var common: CommonOptions { get }

    /// Does what the command does and writes its result to standard output.
    ///
    /// - Throws: ``BrokerError``, which becomes the failure report and the exit code.
    func run(in composition: Composition) async throws(BrokerError)
}

extension RunnableCommand {
    /// Runs the command and says with what status the process has to end.
    func status(in composition: Composition) async -> Int32 {
        do throws(BrokerError) {
            try await run(in: composition)
            return ExitStatus.success.rawValue
        } catch {
            let report = FailureReport(error)
            switch common.format {
            case .json: composition.console.writeError(report.json)
            case .text: composition.console.writeError(report.text)
            }
            return ExitStatus(error.kind).rawValue
        }
    }
}
