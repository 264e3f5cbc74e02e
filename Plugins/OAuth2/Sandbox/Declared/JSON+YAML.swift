import BrokerSandbox
import Yams

extension JSON {
    /// The most nodes of a document: far more than a declaration has, and few enough that aliases cannot fill the memory.
    private static let mostNodes = 20_000

    /// Reads YAML in which every scalar is the text that it is written as. A declaration has texts alone, and YAML 1.1 takes
    /// `off` for a Boolean and `007` for 7. Returns nil for anything that is not one document of mappings, lists and texts.
    init?(yaml: String) {
        guard let node = try? Yams.compose(yaml: yaml) else { return nil }
        var nodesLeft = Self.mostNodes
        self.init(node, &nodesLeft)
    }

    private init?(_ node: Node, _ nodesLeft: inout Int) {
        nodesLeft -= 1
        guard nodesLeft > 0 else { return nil }
        switch node {
        case .scalar(let scalar): self = .text(scalar.string)
        case .sequence(let sequence):
            var elements: [JSON] = []
            for element in sequence {
                guard let element = JSON(element, &nodesLeft) else { return nil }
                elements.append(element)
            }
            self = .list(elements)
        case .mapping(let mapping):
            var members: Members = [:]
            for (name, value) in mapping {
                guard let name = name.scalar?.string, let value = JSON(value, &nodesLeft) else { return nil }
                members[name] = value
            }
            self = .object(members)
        case .alias: return nil
        }
    }

    /// A member of an object; nil if there is none.
    subscript(name: String) -> JSON? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// The text; nil for anything else.
    var text: String? {
        if case .text(let text) = self { text } else { nil }
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
