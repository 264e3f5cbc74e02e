import HTTPTypes

extension HTTPField.Name {
    /// RFC 9111 §5.4.
    static let pragma: HTTPField.Name = {
        guard let name = HTTPField.Name("Pragma") else { preconditionFailure("The letters are those of a field name.") }
        return name
    }()
}
