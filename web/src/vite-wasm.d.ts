// The CMake web build's files, seen by Vite as addresses (see vite.config.ts).
declare module '@wasm/*?url' {
  const address: string;
  export default address;
}

// ONNX Runtime Web's own files.
declare module '@ort/*?url' {
  const address: string;
  export default address;
}
declare const PLAIN_RUNTIME_BYTES: number;
declare const GPU_RUNTIME_BYTES: number;
