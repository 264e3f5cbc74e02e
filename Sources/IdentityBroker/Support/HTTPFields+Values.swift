package import HTTPTypes

extension HTTPFields {
    /// The values of all fields with this name, in order; empty for an invalid name.
    package func values(of name: String) -> [String] {
        HTTPField.Name(name).map { self[values: $0] } ?? []
    }
}
