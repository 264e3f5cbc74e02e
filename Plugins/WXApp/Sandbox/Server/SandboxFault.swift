import LoopbackServer

/// Something that goes wrong with one exchange.
struct SandboxFault {
    let script: ServerScript
    let moment: FaultMoment
}
