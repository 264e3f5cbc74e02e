package import IdentityBroker
import LoopbackServer

/// An upstream without a network, which answers as it is told and records what it is asked.
package final class ScriptedTransport: UpstreamTransport {
    /// A request that it was sent.
    private struct Call {
        let request: UpstreamRequest
        let word: String
        let timeout: Duration
    }

    private let script: UpstreamScript
    private let word: @Sendable (UpstreamRequest) -> String
    private let usual: @Sendable (_ request: UpstreamRequest, _ number: Int) -> UpstreamResponse
    private let calls = Locked<[Call]>([])

    /// Creates one.
    ///
    /// - Parameters:
    ///   - script: What it does in place of its usual answers.
    ///   - word: The word by which the script knows a request.
    ///   - usual: The usual answer to a request, which is one of so many with its word; the first is 1.
    package init(
        _ script: UpstreamScript,
        word: @escaping @Sendable (UpstreamRequest) -> String,
        usual: @escaping @Sendable (_ request: UpstreamRequest, _ number: Int) -> UpstreamResponse
    ) {
        self.script = script
        self.word = word
        self.usual = usual
    }

    /// The requests so far.
    package var requests: [UpstreamRequest] { calls.withLock { $0.map(\.request) } }

    /// Their words.
    package var words: [String] { calls.withLock { $0.map(\.word) } }

    /// How long the answer to each may take.
    package var timeouts: [Duration] { calls.withLock { $0.map(\.timeout) } }

    /// The requests of a word.
    package func requests(to word: String) -> [UpstreamRequest] {
        calls.withLock { $0.filter { $0.word == word }.map(\.request) }
    }

    /// Answers by the script, or as usual.
    package func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        let word = word(request)
        let number = calls.withLock { calls in
            calls.append(Call(request: request, word: word, timeout: timeout))
            return calls.count { $0.word == word }
        }
        if let failure = script.failures[word] { throw failure }
        if let gate = script.gates[word] {
            do { try await gate.pass() } catch { throw TransportFailure(.cancelled, mayHaveLeft: true) }
        }
        return script.answer(to: request, word, number) ?? usual(request, number)
    }
}
