import IdentityBroker

extension Setting.Form {
    /// The form's name.
    var name: String {
        switch self {
        case .text: "text"
        case .url: "URL"
        case .path: "path"
        case .secret: "secret reference"
        case .boolean: "true or false"
        case .integer(let range): "number from \(range.lowerBound) to \(range.upperBound)"
        case .duration, .durationOrZero: "duration"
        case .size: "size"
        case .choice: "choice"
        case .object: "mapping"
        case .list(let element): "list of \(element.name)"
        }
    }

    /// The words to choose from.
    var choices: [String]? {
        if case .choice(let words) = self { words } else { nil }
    }

    /// The settings inside.
    var members: [Setting]? {
        switch self {
        case .object(let settings): settings
        case .list(let element): element.members
        default: nil
        }
    }
}
