import BrokerSandbox
import Yams

extension JSON {
    /// Reads YAML with the meaning that YAML 1.2 gives it in JSON; nil for anything that has none there.
    init?(yaml: String) {
        guard let value = try? Yams.load(yaml: yaml) else { return nil }
        self.init(value)
    }

    private init?(_ value: Any) {
        switch value {
        case let flag as Bool: self = .boolean(flag)
        case let number as Int: self = .number(number)
        case let text as String: self = .text(text)
        case let list as [Any]:
            let elements = list.compactMap { JSON($0) }
            guard elements.count == list.count else { return nil }
            self = .list(elements)
        case let object as [String: Any]:
            let members = object.compactMapValues { JSON($0) }
            guard members.count == object.count else { return nil }
            self = .object(members)
        default: return nil
        }
    }

    /// A member of an object; nil if there is none.
    subscript(name: String) -> JSON? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// The text, or what a number or a flag is written as; nil for anything else.
    var text: String? {
        switch self {
        case .text(let text): text
        case .number(let number): "\(number)"
        case .boolean(let flag): "\(flag)"
        default: nil
        }
    }

    /// The texts of a list; empty for anything else.
    var texts: [String] {
        if case .list(let elements) = self { elements.compactMap(\.text) } else { [] }
    }

    /// The members of an object; empty for anything else.
    var members: Members {
        if case .object(let members) = self { members } else { [:] }
    }
}
