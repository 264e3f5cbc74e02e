/// What one login has sent, and the rules of what it may still send. A value, so that every order of events can be tested.
struct DepartureRecord: Sendable {
    /// Why a request may not be sent.
    enum Refusal: Sendable, Equatable {
        /// The login is over.
        case sealed
        /// The same request may have left before.
        case repeated
        /// Another request with the credential in it may have left before.
        case credentialHasLeft
    }

    private struct Sending: Sendable {
        let request: UpstreamRequest
        let bearsCredential: Bool
        var isAnswered = false
    }

    private var underWay: [Sending] = []
    private var departed: [Sending] = []
    private var unanswered = false
    private(set) var isSealed = false
    /// Whether a request was sent in the place of one that the upstream had refused.
    private(set) var hasResent = false

    /// Whether nothing is under way.
    var isIdle: Bool { underWay.isEmpty }

    /// What all this says of the credential. What is under way counts as left.
    var departure: Departure {
        if unanswered || !underWay.isEmpty { return .unanswered }
        return departed.isEmpty ? .nothingLeft : .answered
    }

    /// Asks to send a request; nil is leave to send it, and ``end(_:mayHaveLeft:answered:)`` has to follow.
    mutating func begin(_ request: UpstreamRequest, bearsCredential: Bool) -> Refusal? {
        guard !isSealed else { return .sealed }
        let earlier = underWay + departed
        if earlier.contains(where: { $0.request == request }) { return .repeated }
        if bearsCredential, earlier.contains(where: \.bearsCredential) { return .credentialHasLeft }
        underWay.append(Sending(request: request, bearsCredential: bearsCredential))
        return nil
    }

    /// Asks to send a request in the place of another one, which was answered: the upstream refused the app's token in it, and
    /// has not looked at the credential. Once a login.
    mutating func begin(
        _ request: UpstreamRequest,
        insteadOf refused: UpstreamRequest,
        bearsCredential: Bool
    ) -> Refusal? {
        guard !isSealed else { return .sealed }
        let earlier = underWay + departed
        guard !hasResent, departed.contains(where: { $0.request == refused && $0.isAnswered }),
            !earlier.contains(where: { $0.request == request })
        else { return .repeated }
        if bearsCredential, earlier.contains(where: { $0.bearsCredential && $0.request != refused }) {
            return .credentialHasLeft
        }
        hasResent = true
        underWay.append(Sending(request: request, bearsCredential: bearsCredential))
        return nil
    }

    /// Says what became of a request.
    mutating func end(_ request: UpstreamRequest, mayHaveLeft: Bool, answered: Bool) {
        guard let index = underWay.firstIndex(where: { $0.request == request }) else { return }
        var sending = underWay.remove(at: index)
        guard mayHaveLeft else { return }
        sending.isAnswered = answered
        departed.append(sending)
        if !answered { unanswered = true }
    }

    /// From here on nothing more may be sent.
    mutating func seal() {
        isSealed = true
    }
}
