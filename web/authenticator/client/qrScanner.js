/**
 * Finds QR codes in a picture.
 * @typedef {{ detect(source: ImageBitmapSource): Promise<{ rawValue: string }[]> }} Detector
 */

const everyMs = 120;

/** Whether there may be a camera to ask for. */
export function hasCamera() {
  return typeof navigator.mediaDevices?.getUserMedia === 'function';
}

/**
 * Shows the camera's picture and looks for codes in it until `onText` takes one, or the signal ends it. The
 * pictures stay here.
 * @param {HTMLVideoElement} video
 * @param {(text: string) => boolean} onText hears of each code that is seen; true ends it
 * @param {AbortSignal} signal
 * @returns {Promise<void>} when it ended. Throws what `getUserMedia` does when there is no camera, or it may not be used.
 */
export async function scan(video, onText, signal) {
  const detecting = loadDetector();
  const stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
  });
  try {
    if (signal.aborted) return;
    video.srcObject = stream;
    await video.play();
    const detector = await detecting;
    while (!signal.aborted) {
      const found = await detector.detect(video).catch(() => []);
      if (!signal.aborted && found.some(({ rawValue }) => onText(rawValue))) return;
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  } finally {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
  }
}

/**
 * The text of the first QR code in a picture that the person chose; undefined when there is none.
 * @param {Blob} picture
 */
export async function readPicture(picture) {
  const detector = await loadDetector();
  const bitmap = await createImageBitmap(picture);
  try {
    const [found] = await detector.detect(bitmap);
    return found?.rawValue;
  } finally {
    bitmap.close();
  }
}

/** The browser's own detector where it reads QR codes, else the `qr` package's with the same face. */
async function loadDetector() {
  const native = /** @type {{ BarcodeDetector?: DetectorClass }} */ (globalThis).BarcodeDetector;
  /** @type {string[] | undefined} */
  const formats = await native?.getSupportedFormats().catch(() => []);
  if (native && formats?.includes('qr_code')) return new native({ formats: ['qr_code'] });
  const address = new URL('qr/decode.js', import.meta.url).href;
  /** @type {{ BarcodeDetector: DetectorClass }} */
  const { BarcodeDetector } = await import(address);
  return new BarcodeDetector({ formats: ['qr_code'] });
}

/** @typedef {{ new (options: { formats: string[] }): Detector, getSupportedFormats(): Promise<string[]> }} DetectorClass */
