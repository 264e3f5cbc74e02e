/// The ways in which a program turns a value into text.
enum Rendering: CaseIterable, Sendable {
    case interpolated
    case describing
    case reflecting
    case printed
    case debugPrinted
    case dumped

    func text<Value>(of value: Value) -> String {
        var text = ""
        switch self {
        case .interpolated: text = "\(value)"
        case .describing: text = String(describing: value)
        case .reflecting: text = String(reflecting: value)
        case .printed: print(value, to: &text)
        case .debugPrinted: debugPrint(value, to: &text)
        case .dumped: dump(value, to: &text)
        }
        return text
    }
}
