import BrokerServer
import BrokerTokens
import StrictJSON

import Foundation

/// What `broker keys rotate` did, and the resulting state of the keys.
struct RotationReport {
    enum Change {
        /// The ids of the keys.
        case withdrawal(of: [String])
        case replacement(KeyReplacement, immediately: Bool)
    }

    let change: Change
    let keys: [SigningKeyStatus]

    private var isChanged: Bool {
        if case .replacement(let replacement, _) = change { replacement.isChange } else { true }
    }

    private var withdrawn: [String] {
        if case .withdrawal(let ids) = change { ids } else { [] }
    }

    /// The report as JSON.
    var members: JSONObject {
        var members: JSONObject = [
            "rotated": .bool(isChanged),
            "withdrawn": .strings(withdrawn),
            "keys": .array(keys.map { .object(JSONObject($0.members)) }),
        ]
        if !withdrawn.isEmpty {
            members["trusted_elsewhere_seconds"] = .integer(BrokerEndpoints.keySetLifetime.components.seconds)
        }
        return members
    }

    var text: String {
        let lines =
            switch change {
            case .withdrawal(let ids): Self.lines(of: ids)
            case .replacement(let replacement, let immediately): Self.lines(of: replacement, immediately: immediately)
            }
        return (lines + keys.map(\.line)).joined(separator: "\n")
    }

    private static func lines(of withdrawn: [String]) -> [String] {
        guard !withdrawn.isEmpty else { return ["New keys are published. Running services follow within 2 seconds."] }
        let minutes = Int(BrokerEndpoints.keySetLifetime / .seconds(60))
        return [
            "Withdrawn: \(withdrawn.joined(separator: ", ")).",
            "Running services refuse tokens of these keys within 2 seconds, and sign with the new ones.",
            """
            APIs that verify tokens with a copy of the published keys may trust the withdrawn ones for up to \(minutes) \
            more minutes (Cache-Control: max-age=\(minutes * 60)), or longer if they keep copies longer: restart those.
            """,
        ]
    }

    private static func lines(of replacement: KeyReplacement, immediately: Bool) -> [String] {
        guard replacement.isChange else {
            return [
                immediately
                    ? "Nothing changed: another rotation has just replaced the keys."
                    : "Nothing changed: the next keys are already published. To sign with them at once, use --immediately."
            ]
        }
        guard immediately else { return ["New keys are published. Running services follow within 2 seconds."] }
        var lines: [String] = []
        if !replacement.promoted.isEmpty {
            lines = [
                "The keys that were published to sign next sign now: \(replacement.promoted.joined(separator: ", ")).",
                "Apps that have fetched the keys since then accept the new tokens at once.",
            ]
        }
        if !replacement.added.isEmpty {
            lines += [
                "New keys sign now: \(replacement.added.joined(separator: ", ")).",
                "Apps that have a copy of the keys refuse their tokens until they fetch the keys again.",
            ]
        }
        return lines + ["Running services follow within 2 seconds."]
    }
}

extension SigningKeyStatus {
    fileprivate var line: String {
        switch state {
        case .waiting(let time): "\(algorithm.rawValue) \(id) signs from \(time.formatted(.iso8601))."
        case .signing: "\(algorithm.rawValue) \(id) signs now."
        case .retired(let time):
            "\(algorithm.rawValue) \(id) no longer signs; its tokens are valid until \(time.formatted(.iso8601))."
        }
    }

    fileprivate var members: [String: String] {
        var members = ["id": id, "algorithm": algorithm.rawValue]
        switch state {
        case .waiting(let time): (members["state"], members["from"]) = ("waiting", time.formatted(.iso8601))
        case .signing: members["state"] = "signing"
        case .retired(let time): (members["state"], members["until"]) = ("retired", time.formatted(.iso8601))
        }
        return members
    }
}
