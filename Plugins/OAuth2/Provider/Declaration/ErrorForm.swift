import IdentityBroker
import StrictJSON
import UpstreamAPI

/// What a failure that an upstream reports can mean.
enum Meaning: String, DeclarationWord {
    case invalidCredential = "invalid_credential"
    case accessDenied = "access_denied"
    case interactionRequired = "interaction_required"
    case rateLimited = "rate_limited"
    case upstreamUnavailable = "upstream_unavailable"
    case upstreamMisbehaved = "upstream_misbehaved"
    case misconfigured

    var kind: BrokerError.Kind {
        switch self {
        case .invalidCredential: .invalidCredential
        case .accessDenied: .accessDenied
        case .interactionRequired: .interactionRequired
        case .rateLimited: .rateLimited
        case .upstreamUnavailable: .upstreamUnavailable
        case .upstreamMisbehaved: .upstreamMisbehaved
        case .misconfigured: .misconfigured
        }
    }
}

/// How an upstream says that something failed, and what it means.
struct ErrorForm: DeclarationPart {
    var codes: [Pointer] = ["/error"]
    var success: [String] = []
    var meanings: [String: Meaning] = [:]
    var statuses: [String: Meaning] = [:]

    static let members: [DeclarationMember<ErrorForm>] = {
        let usual = ErrorForm()
        return [
            .init(
                "codes", \.codes, of: usual,
                """
                Where an answer has the code of a failure, whatever its status: the first of these with a text, a number or \
                true in it that is no code of success. An answer with one is a failure. So is one with a mapping or a list there, \
                unless it is empty or another of these leads into it.
                """
            ),
            .init("success", \.success, of: usual, "The codes that mean that nothing failed, such as 0 or ok."),
            .init(
                "meanings", \.meanings, of: usual,
                "What the upstream's own codes mean, by code; the standard's are known (RFC 6749 §5.2)."),
            .init(
                "statuses", \.statuses, of: usual,
                "What a status below 500 without a known code means, such as 403. Known are 429, and 500 and above."),
        ]
    }()

    var fault: (key: String, message: String)? {
        let isStatus: (String) -> Bool = { text in
            Int(text).map { (400...499).contains($0) && $0 != 429 && String($0) == text } ?? false
        }
        return statuses.keys.allSatisfy(isStatus)
            ? nil
            : ("statuses", "statuses has a name that is no status from 400 to 499, or 429, whose meaning is fixed.")
    }

    /// Whether another pointer names what counts inside of the value at this one.
    private func leadsFurther(than pointer: Pointer) -> Bool {
        codes.contains { $0.written.hasPrefix("\(pointer.written)/") }
    }

    /// A failure that an answer reports.
    enum Failure: Sendable, Hashable {
        /// By this code.
        case coded(String)
        /// By a mapping or a list, so that `success` and `meanings` cannot name it.
        case uncoded
    }

    /// The failure that an answer reports; nil if it reports none.
    func failure(in answer: JSONValue) -> Failure? {
        for pointer in codes {
            let code: String? =
                switch pointer.value(in: answer) {
                case .string(let text)?: text.isEmpty ? nil : text
                case .number(let number)?: number.literal
                case .bool(true)?: "true"
                default: nil
                }
            if let code, !success.contains(code) { return .coded(code) }
            switch pointer.value(in: answer) {
            case .object(let members)? where !members.isEmpty && !leadsFurther(than: pointer): return .uncoded
            case .array(let elements)? where !elements.isEmpty && !leadsFurther(than: pointer): return .uncoded
            default: continue
            }
        }
        return nil
    }
}
