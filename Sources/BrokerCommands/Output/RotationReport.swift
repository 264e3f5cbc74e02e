import BrokerServer
import BrokerTokens

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// What `broker keys rotate` did, and what is true of the keys now.
struct RotationReport: Encodable {
    enum Change {
        /// The ids of the keys.
        case withdrawal(of: [String])
        case replacement(KeyReplacement)
    }

    let change: Change
    let keys: [SigningKeyStatus]

    private var isChanged: Bool {
        if case .replacement(let replacement) = change { replacement.isChange } else { true }
    }

    private var withdrawn: [String] {
        if case .withdrawal(let ids) = change { ids } else { [] }
    }

    private var promoted: [String] {
        if case .replacement(let replacement) = change { replacement.promoted } else { [] }
    }

    private enum CodingKeys: String, CodingKey {
        case withdrawn, keys
        case isChanged = "rotated"
        case trustedElsewhere = "trusted_elsewhere_seconds"
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(isChanged, forKey: .isChanged)
        try container.encode(withdrawn, forKey: .withdrawn)
        try container.encode(keys.map(\.entry), forKey: .keys)
        if !withdrawn.isEmpty {
            try container.encode(BrokerEndpoints.keySetLifetime.components.seconds, forKey: .trustedElsewhere)
        }
    }

    var text: String {
        var lines: [String] = []
        if !withdrawn.isEmpty {
            let minutes = Int(BrokerEndpoints.keySetLifetime / .seconds(60))
            lines = [
                "Withdrawn: \(withdrawn.joined(separator: ", ")).",
                "Running services refuse tokens of these keys within 2 seconds, and sign with the new ones.",
                """
                APIs that verify tokens by a copy of the published keys may trust the withdrawn ones for up to \(minutes) \
                minutes more (Cache-Control: max-age=\(minutes * 60)), and longer where they keep copies for longer: \
                restart those.
                """,
            ]
        } else if !isChanged {
            lines = [
                "Nothing changed: the next keys are published already. To let them sign at once, use --immediately."
            ]
        } else if !promoted.isEmpty {
            lines = [
                """
                The keys that were published for the next turn sign now: \(promoted.joined(separator: ", ")). Running \
                services follow within 2 seconds.
                """,
                "Apps that have read the keys since these were published accept the new tokens at once.",
            ]
        } else {
            lines = ["New keys are published. Running services follow within 2 seconds."]
        }
        return (lines + keys.map(\.line)).joined(separator: "\n")
    }
}

extension SigningKeyStatus {
    fileprivate var line: String {
        switch state {
        case .waiting(let time): "\(algorithm.rawValue) \(id) signs from \(time.formatted(.iso8601))."
        case .signing: "\(algorithm.rawValue) \(id) signs now."
        case .retired(let time):
            "\(algorithm.rawValue) \(id) signs no more; its tokens are good until \(time.formatted(.iso8601))."
        }
    }

    fileprivate var entry: some Encodable {
        var members = ["id": id, "algorithm": algorithm.rawValue]
        switch state {
        case .waiting(let time): (members["state"], members["from"]) = ("waiting", time.formatted(.iso8601))
        case .signing: members["state"] = "signing"
        case .retired(let time): (members["state"], members["until"]) = ("retired", time.formatted(.iso8601))
        }
        return members
    }
}
