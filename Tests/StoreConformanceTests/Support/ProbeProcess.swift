import Foundation
import LoopbackServer
import Subprocess
import broker_probe

#if canImport(System)
    import System
#else
    import SystemPackage
#endif

/// A `broker-probe` in its own process.
enum ProbeProcess {
    /// What a probe has reported so far.
    typealias Transcript = Monitor<[ProbeLine]>

    /// Runs a probe to its end, and returns what it reported.
    static func run(
        _ job: ProbeJob,
        onLine: @escaping @Sendable (ProbeLine) -> Void = { _ in }
    ) async throws -> [ProbeLine] {
        let (status, lines) = try await launch(job, onLine: onLine, killWhen: nil)
        guard status == .exited(0) else { throw Failure(status: status, lines: lines) }
        return lines
    }

    /// Runs a probe that kills itself, and returns what it had reported.
    static func runToKill(_ job: ProbeJob, afterResults count: Int) async throws -> [ProbeLine] {
        var job = job
        job.resultsBeforeKill = count
        let (status, lines) = try await launch(job, onLine: { _ in }, killWhen: nil)
        guard status == .signaled(SIGKILL) else { throw Failure(status: status, lines: lines) }
        return lines
    }

    /// Runs a probe that may kill itself, and returns what it had reported and whether it did.
    static func runOrKill(_ job: ProbeJob) async throws -> (lines: [ProbeLine], isKilled: Bool) {
        let (status, lines) = try await launch(job, onLine: { _ in }, killWhen: nil)
        guard status == .exited(0) || status == .signaled(SIGKILL) else { throw Failure(status: status, lines: lines) }
        return (lines, status == .signaled(SIGKILL))
    }

    /// Runs a probe until a certain moment, kills it, and returns what it had reported.
    static func kill(
        _ job: ProbeJob,
        when moment: @escaping @Sendable (Transcript) async throws -> Void
    ) async throws -> [ProbeLine] {
        let (status, lines) = try await launch(job, onLine: { _ in }, killWhen: moment)
        guard status == .signaled(SIGKILL) else { throw Failure(status: status, lines: lines) }
        return lines
    }

    /// A probe that did not end as it should.
    struct Failure: Error {
        let status: TerminationStatus?
        let lines: [ProbeLine]
    }

    private enum End: Sendable {
        case ofOutput, byKill
    }

    /// The executable, which is next to the test bundle.
    static var path: FilePath {
        let tests = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath()
        return FilePath(tests.deletingLastPathComponent().appending(path: "broker-probe").path())
    }

    private static func launch(
        _ job: ProbeJob,
        onLine: @escaping @Sendable (ProbeLine) -> Void,
        killWhen moment: (@Sendable (Transcript) async throws -> Void)?
    ) async throws -> (TerminationStatus, [ProbeLine]) {
        let transcript = Transcript([])
        let result = try await Subprocess.run(
            .path(path),
            arguments: [String(decoding: JSONEncoder().encode(job), as: UTF8.self)],
            input: .none,
            output: .sequence,
            error: .currentStandardError
        ) { execution in
            do {
                try await withThrowingTaskGroup(of: End.self) { group in
                    group.addTask {
                        for try await text in execution.standardOutput.strings() {
                            let line = try JSONDecoder().decode(ProbeLine.self, from: Data(text.utf8))
                            transcript.withState { $0.append(line) }
                            onLine(line)
                        }
                        return .ofOutput
                    }
                    if let moment {
                        group.addTask {
                            try await moment(transcript)
                            try execution.send(signal: .kill)
                            return .byKill
                        }
                        // A probe that has ended can no longer reach the moment.
                        if try await group.next() == .ofOutput { group.cancelAll() }
                    }
                    try await group.waitForAll()
                }
            } catch is CancellationError where !Task.isCancelled {
                throw Failure(status: nil, lines: transcript.snapshot)
            } catch {
                // The probe may be waiting to be killed.
                try? execution.send(signal: .kill)
                throw error
            }
        }
        return (result.terminationStatus, transcript.snapshot)
    }
}

extension [ProbeLine] {
    /// The logins that were answered.
    var answers: [LoginAnswer] {
        compactMap { if case .answered(let answer) = $0 { answer } else { nil } }
    }

    /// The credentials that were won.
    var won: [Int] {
        compactMap { if case .won(let number) = $0 { number } else { nil } }
    }
}
