extension Character {
    /// Whether a terminal shows it in two columns: ideographs and their punctuation, Hangul, full-width forms, emoji
    /// (UAX #11).
    fileprivate var isWide: Bool {
        guard let scalar = unicodeScalars.first, scalar.value >= 0x1100 else { return false }
        return Self.wideScalars.contains { $0.contains(scalar.value) } || scalar.properties.isEmojiPresentation
            || unicodeScalars.contains("\u{FE0F}")
    }

    private static let wideScalars: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x20000...0x3FFFD,
    ]

    /// Whether no line begins with it (UAX #14, classes CL, CP, EX and NS).
    fileprivate var closes: Bool { "，。、；：！？）」』】》〉’”…,.;:!?)]}%".contains(self) }

    /// Whether no line ends with it (UAX #14, class OP).
    fileprivate var opens: Bool { "（「『【《〈‘“([{".contains(self) }
}

extension StringProtocol {
    /// How many columns a terminal shows it in.
    var columns: Int { reduce(0) { $0 + ($1.isWide ? 2 : 1) } }

    /// The text as lines of limited width, broken between words, and between characters where one is an ideograph. A
    /// longer word stays whole, so that a URL can still be copied; so does everything if there is hardly any room.
    func folded(at width: Int?) -> [String] {
        guard let width, width >= 20 else { return [String(self)] }
        var lines: [(text: String, columns: Int)] = []
        for word in split(separator: " ", omittingEmptySubsequences: false) {
            for (index, piece) in word.unbreakablePieces.enumerated() {
                let space = index == 0 ? " " : ""
                if let last = lines.indices.last, lines[last].columns + space.columns + piece.columns <= width {
                    lines[last].text += "\(space)\(piece)"
                    lines[last].columns += space.columns + piece.columns
                } else {
                    lines.append((String(piece), piece.columns))
                }
            }
        }
        return lines.map(\.text)
    }

    /// A word in the pieces between which a line may end.
    private var unbreakablePieces: [SubSequence] {
        guard var previous = first else { return [self[startIndex...]] }
        var pieces: [SubSequence] = []
        var start = startIndex
        for index in indices.dropFirst() {
            let character = self[index]
            if previous.isWide || character.isWide, !character.closes, !previous.opens {
                pieces.append(self[start..<index])
                start = index
            }
            previous = character
        }
        return pieces + [self[start...]]
    }
}
