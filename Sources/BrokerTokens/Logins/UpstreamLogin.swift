import Foundation
package import IdentityBroker

/// A login at an upstream's site, to which a browser was sent for a request.
///
/// It is found by the `state` that the upstream returns, of which the store has a digest. Nonce, code verifier and state
/// never leave the broker but in the redirect itself: they are sealed with the state. One answer completes it, in the browser
/// that the request is bound to.
struct UpstreamLogin: RecordBody, Codable {
    static let recordKind: RecordKind = "upstream_login"

    /// The request.
    let transaction: UUID
    /// The instance that it began with, and must end with.
    let provider: String
    /// The core's own record of it.
    private let flow: SealedText

    /// - Throws: ``OAuthError`` if the flow cannot be encrypted.
    init(_ flow: RedirectFlow, for transaction: UUID) throws(OAuthError) {
        self.transaction = transaction
        provider = flow.provider.rawValue
        self.flow = try SealedText(flow.stored, for: flow.state)
    }

    /// The id of the record that is found by a state.
    static func id(_ state: Secret) -> RecordID { RecordID(digestOf: state.revealBytes()) }

    /// The core's own record; nil with another state.
    func flow(_ state: Secret) -> RedirectFlow? {
        flow.open(with: state).flatMap(RedirectFlow.init(stored:))
    }
}

/// What an upstream sent a browser back with.
package struct UpstreamAnswer: Sendable {
    /// The query, or the form.
    let text: Secret
    let mode: RedirectForm.ResponseMode

    package init(_ text: Secret, by mode: RedirectForm.ResponseMode) {
        (self.text, self.mode) = (text, mode)
    }

    /// `state`; nil unless there is exactly one.
    var state: Secret? {
        let values = formPairs(text.reveal()[...]).filter { formDecoded($0.name) == "state" }.map(\.value)
        guard values.count == 1, let state = formDecoded(values[0]), !state.isEmpty else { return nil }
        return Secret(state)
    }
}

/// What becomes of a login at an upstream.
package enum UpstreamLoginOutcome: Sendable {
    /// The person is signed in. The browser needs the session's new cookie whatever becomes of the request.
    case signedIn(Result<AuthorizationProgress, AuthorizationRefusal>, session: Secret)
    /// The upstream has signed no one in. The request stays, so that the person can try again.
    case failed(OAuthError, LoginHandle)
}
