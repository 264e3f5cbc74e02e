/// A YAML node with its position in the file: the subset of YAML that configuration uses.
struct SourceNode: Sendable, Equatable {
    let content: Content
    /// Where the node begins.
    let position: SourcePosition

    enum Content: Sendable, Equatable {
        /// A scalar's text. Only an unquoted one can be null, a number or a Boolean.
        case scalar(String, isPlain: Bool)
        case list([SourceNode])
        case mapping([Member])
    }

    struct Member: Sendable, Equatable {
        let key: String
        let keyPosition: SourcePosition
        let value: SourceNode
    }
}

extension SourceNode {
    /// Whether this is YAML's null, any spelling of which is more likely a mistake than a text.
    var isNothing: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// The members, if the node is a mapping.
    var members: [Member]? {
        guard case .mapping(let members) = content else { return nil }
        return members
    }

    /// The kind of node, in words.
    var kindName: String {
        switch content {
        case .scalar: isNothing ? "nothing" : "a single value"
        case .list: "a list"
        case .mapping: "a mapping"
        }
    }

    /// The value of a member.
    func member(_ key: String) -> SourceNode? {
        members?.first { $0.key == key }?.value
    }

    /// The text, if the node is a scalar.
    var text: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return text
    }

    /// The same mapping with only the wanted members; any other node unchanged.
    func keeping(where isWanted: (String) -> Bool) -> SourceNode {
        guard let members else { return self }
        return SourceNode(content: .mapping(members.filter { isWanted($0.key) }), position: position)
    }

    /// The same mapping with transformed values; any other node unchanged.
    func mapValues(_ transform: (String, SourceNode) -> SourceNode) -> SourceNode {
        guard let members else { return self }
        let changed = members.map { member in
            Member(key: member.key, keyPosition: member.keyPosition, value: transform(member.key, member.value))
        }
        return SourceNode(content: .mapping(changed), position: position)
    }
}
