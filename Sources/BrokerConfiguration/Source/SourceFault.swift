/// Why a text cannot be read as the YAML of a configuration.
struct SourceFault: Error, Equatable {
    let kind: ConfigurationProblem.Kind
    let position: SourcePosition?
    let message: String

    init(_ kind: ConfigurationProblem.Kind, at position: SourcePosition?, _ message: String) {
        self.kind = kind
        self.position = position
        self.message = message
    }
}
