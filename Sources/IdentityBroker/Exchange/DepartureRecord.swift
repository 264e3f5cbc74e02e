/// Whether anything of a login has reached the upstream.
enum Departure: Sendable, Equatable {
    /// No byte can have left.
    case nothingLeft
    /// Everything that left was answered.
    case answered
    /// Something may have left without an answer.
    case unanswered
}

/// What one login has sent, and the rules for what it may still send. A value, so that every order of events can be
/// tested.
struct DepartureRecord: Sendable {
    /// Why a request may not be sent.
    enum Refusal: Sendable, Equatable {
        /// The login is over.
        case sealed
        /// The same request may have left before.
        case repeated
        /// Another request that contains the credential may have left before.
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
    /// Whether a request was sent in place of one that the upstream refused.
    private(set) var hasResent = false

    /// Whether no request is under way.
    var isIdle: Bool { underWay.isEmpty }

    /// What all this means for the credential. A request under way counts as sent.
    var departure: Departure {
        if unanswered || !underWay.isEmpty { return .unanswered }
        return departed.isEmpty ? .nothingLeft : .answered
    }

    /// Asks to send a request; nil means yes, and ``end(_:mayHaveLeft:answered:)`` must follow.
    mutating func begin(_ request: UpstreamRequest, bearsCredential: Bool) -> Refusal? {
        guard !isSealed else { return .sealed }
        let earlier = underWay + departed
        if earlier.contains(where: { $0.request == request }) { return .repeated }
        if bearsCredential, earlier.contains(where: \.bearsCredential) { return .credentialHasLeft }
        underWay.append(Sending(request: request, bearsCredential: bearsCredential))
        return nil
    }

    /// Asks to send a request in place of an answered one: the upstream refused the app's token in that request, and
    /// has not looked at the credential. Allowed once per login.
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

    /// Records the outcome of a request.
    mutating func end(_ request: UpstreamRequest, mayHaveLeft: Bool, answered: Bool) {
        guard let index = underWay.firstIndex(where: { $0.request == request }) else { return }
        var sending = underWay.remove(at: index)
        guard mayHaveLeft else { return }
        sending.isAnswered = answered
        departed.append(sending)
        if !answered { unanswered = true }
    }

    /// Refuses every further request.
    mutating func seal() {
        isSealed = true
    }
}
