import HTTPTypes
package import IdentityBroker
package import LoopbackServer

/// What an upstream without a network does where a test does not want its usual answers.
///
/// Requests are known by a word each, such as the last one of the path.
package struct UpstreamScript: Sendable {
    /// What happens instead of an answer.
    package var failures: [String: TransportFailure] = [:]
    /// What holds an answer back.
    package var gates: [String: Turnstile] = [:]
    /// What it answers first, before the others.
    package var firstAnswers: [String: [UpstreamResponse]] = [:]
    /// What it answers from then on.
    package var answers: [String: UpstreamResponse] = [:]
    /// Which of the app's tokens it issues and takes.
    package var appTokens: AppTokens

    /// Tokens that an upstream issues to the app, and that requests carry beside the credential.
    package struct AppTokens: Sendable {
        /// Those that are issued, the last one for good.
        package var issued: [String]
        /// The beginnings of those that every request refuses.
        package var refused: Set<String> = []
        /// The beginnings of those that only requests of this word refuse.
        package var refusedByWord: [String: Set<String>] = [:]
        /// The answer to a request with a refused one.
        package var refusal: UpstreamResponse

        /// Tokens none of which is refused at first.
        package init(_ issued: [String], refusal: UpstreamResponse) {
            self.issued = issued
            self.refusal = refusal
        }

        /// The one that the request of this number gets; the first is 1. Empty if none is issued.
        package func token(_ number: Int) -> String {
            issued.isEmpty ? "" : issued[min(number, issued.count) - 1]
        }
    }

    /// A script that changes nothing.
    package init(appTokens: AppTokens = AppTokens([], refusal: UpstreamResponse(status: .internalServerError))) {
        self.appTokens = appTokens
    }

    /// What takes the place of the usual answer.
    ///
    /// - Parameters:
    ///   - word: The word of the request.
    ///   - number: Which one of this word it is; the first is 1.
    func answer(to request: UpstreamRequest, _ word: String, _ number: Int) -> UpstreamResponse? {
        let refused = appTokens.refused.union(appTokens.refusedByWord[word] ?? [])
        if refused.contains(where: request.carries) { return appTokens.refusal }
        if let first = firstAnswers[word], number <= first.count { return first[number - 1] }
        return answers[word]
    }
}

extension UpstreamRequest {
    /// Whether an app's token is in the query, or in the header field for such tokens.
    fileprivate func carries(_ token: String) -> Bool {
        (head.path ?? "").contains(token) || head.headerFields[.authorization]?.contains(token) == true
    }
}
