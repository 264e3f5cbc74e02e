package import HTTPTypes

extension HTTPFields {
    /// The values of all the fields of this name, in their order. A name that no field can have has none.
    package func values(of name: String) -> [String] {
        HTTPField.Name(name).map { self[values: $0] } ?? []
    }
}
