import StrictJSON

/// What a record says if something is so, such as that an address is verified.
struct Condition: DeclarationPart {
    var at: Pointer = ""
    var value: String?

    init() {}

    init(at pointer: Pointer, is value: String? = nil) {
        (at, self.value) = (pointer, value)
    }

    static let members: [DeclarationMember<Condition>] = [
        .init("at", \.at, of: Condition(), isRequired: true, "Where the record says it."),
        .init(
            "is", \.value, of: Condition(),
            """
            The text or number that says yes, alone or in a list. If left out, only the Boolean true does, and no text \
            that looks like it.
            """
        ),
    ]

    var fault: (key: String, message: String)? {
        guard let value, ["true", "false"].contains(value) else { return nil }
        return ("is", "is compares texts and numbers, and no Boolean. Leave it out: then true says yes.")
    }

    /// Whether a record says so; nil if it does not say.
    func holds(in record: JSONValue) -> Bool? {
        guard let found = at.value(in: record) else { return nil }
        guard let value else { return found.bool }
        return (found.array ?? [found]).contains { element in
            switch element {
            case .string(let text): text.utf8.elementsEqual(value.utf8)
            case .number(let number): number.literal == value
            default: false
            }
        }
    }
}

extension [Condition] {
    /// What a record says of all of them, as a flag; nil if there is none, or if one is not said.
    func flag(in record: JSONValue) -> JSONValue? {
        let words = map { $0.holds(in: record) }
        if words.contains(false) { return false }
        return words.isEmpty || words.contains(nil) ? nil : true
    }
}
