import IdentityBroker
import StrictJSON

extension AccountStanding {
    /// The combined meaning of the record's flags: the first one that speaks against the user.
    ///
    /// An absent member says nothing. A member that is present must be understood: an unknown value, even `null`, might
    /// mean that the user is locked out.
    init(_ record: GenAuthUserRecord) {
        let verdicts = [
            Self.verdict(record.isDeleted, ifSet: .deleted),
            Self.verdict(record.blocked, ifSet: .blocked),
            Self.verdict(record.status, active: "activated", inactive: Self.inactiveStatuses),
            Self.verdict(record.workStatus, active: "active", inactive: ["closed"]),
        ]
        self = verdicts.first { $0 != .active } ?? .active
    }

    /// GenAuth's `UserStatus` of both generations, except the active one.
    private static let inactiveStatuses = ["suspended", "resigned", "archived", "deactivated"]

    private static func verdict(_ flag: JSONValue?, ifSet refusal: AccountStanding) -> AccountStanding {
        guard let flag else { return .active }
        if let isSet = flag.bool { return isSet ? refusal : .active }
        if let number = flag.int64 { return number == 1 ? refusal : number == 0 ? .active : .unrecognized }
        switch flag.string {
        case "true", "1": return refusal
        case "false", "0": return .active
        default: return .unrecognized
        }
    }

    private static func verdict(_ word: JSONValue?, active: String, inactive: [String]) -> AccountStanding {
        guard let word else { return .active }
        guard let text = word.string?.lowercased() else { return .unrecognized }
        if text == active { return .active }
        return inactive.contains(text) ? .suspended : .unrecognized
    }
}
