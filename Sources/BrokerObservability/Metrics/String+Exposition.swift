extension String {
    /// A metric's name: `[a-zA-Z_:][a-zA-Z0-9_:]*`, with an underscore for everything else.
    var metricName: String { identifier { $0 == ":" } }

    /// A label's name: `[a-zA-Z_][a-zA-Z0-9_]*`. Prometheus reserves names that begin with two underscores, and the
    /// labels of histogram buckets (`le`) and summaries (`quantile`).
    var labelName: String {
        let name = identifier { _ in false }
        if name.hasPrefix("__") { return "_" + name.drop { $0 == "_" } }
        return name == "le" || name == "quantile" ? "exported_" + name : name
    }

    var escapedLabelValue: String {
        escapedHelp.replacing("\"", with: "\\\"")
    }

    var escapedHelp: String {
        replacing("\\", with: "\\\\").replacing("\n", with: "\\n")
    }

    private func identifier(allowing isExtra: (Unicode.Scalar) -> Bool) -> String {
        var name = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            switch scalar {
            case "a"..."z", "A"..."Z", "_": name.append(scalar)
            case "0"..."9":
                if name.isEmpty { name.append("_") }
                name.append(scalar)
            default: name.append(isExtra(scalar) ? scalar : "_")
            }
        }
        return name.isEmpty ? "_" : String(name)
    }
}
