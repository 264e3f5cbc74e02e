/// One field line of an HTTP message (RFC 9110 §5).
public struct HeaderField: Sendable, Hashable {
    /// The field's name as it is on the wire; compare it without regard to case.
    public var name: String

    /// The field's value, without the white space around it.
    public var value: String

    /// Makes a field line. Nothing is checked: a script may want a broken one.
    public init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}
