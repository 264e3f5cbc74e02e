extension SourceNode {
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
